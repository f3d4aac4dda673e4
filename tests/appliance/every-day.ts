// The commands that pi/README.md gives a household, run as they stand there.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type Amber, CHECKOUT, newHousehold, SYNC } from './household.ts'
import type { Machine } from './machine.ts'

/** An editor; and what has a test of its own. */
const NOT_HERE = /^(sudo nano|HOUSEHOLD_PASSWORD=|pi\/(update|set-token|uninstall)\.sh)/
/** It may have nothing to tell of a service that is not running at the moment. */
const endsWell = (command: string): number[] => (command.startsWith('systemctl status') ? [0, 3] : [0])

export async function takesTheCommandsOfItsReadme(machine: Machine, amber: Amber): Promise<void> {
  await newHousehold(machine, amber)
  await machine.told('systemctl', 'start', '--no-block', SYNC)
  await machine.untilHealthy(60_000, ({ status, source }) => status === 'ok' && source === 'live')
  const commands = commandsOf(readFileSync(join(import.meta.dirname, '../../pi/README.md'), 'utf8'))
  expect(commands.length).toBeGreaterThan(10)
  await machine.told('install', '--directory', '--owner=sam', '/media/usb')
  for (const command of commands) {
    const { code, output } = await machine.asSam(`cd ${CHECKOUT} && ${command}`)
    expect(endsWell(command), `${command}: ${output}`).toContain(code)
  }
}

/** The first of each row of "Every day" and "Phones": the rest is about it. */
function commandsOf(readme: string): string[] {
  const sections = readme.split(/^## /m).filter((section) => /^(Every day|Phones)\n/.test(section))
  const rows = sections.flatMap((section) => section.match(/^\| .*/gm) ?? [])
  return rows
    .map((row) => /^\|[^|]*\| `([^`]+)`/.exec(row)?.[1] ?? '')
    .filter((command) => command !== '' && !NOT_HERE.test(command))
}
