// Newer versions of the program, in the repository that a machine updates itself from.
import { execFileSync } from 'node:child_process'
import { mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { temporaryFolder } from '../backend/temporary.ts'
import { CHECKOUT, RELEASES } from './household.ts'
import type { Machine } from './machine.ts'

const SECOND = 1000

/** Where a machine finds the parts of its first release, of which all later ones are made: they have the same lockfile. */
const PARTS = '/opt/parts'

const NPX = '/usr/local/bin/npx'

/** A layer of a disk with these parts, which takes no room: the files are those of the layer in which it was installed. */
export function partsLayer(installed: string): string {
  const layer = temporaryFolder('suite')
  mkdirSync(join(layer, PARTS), { recursive: true })
  for (const part of ['node_modules', 'dist'])
    execFileSync('cp', [
      ...['--archive', '--link', `${realpathSync(join(installed, RELEASES, 'current'))}/${part}`],
      join(layer, PARTS, part),
    ])
  return layer
}

/** What the rounds are too many for: npm and Vite. */
export async function quickBuilds(machine: Machine): Promise<void> {
  // Not through the link, which leads to npm's own.
  await machine.told('rm', NPX)
  machine.write(
    NPX,
    `#!/bin/sh
case "$*" in
  *' ci '*) ln --symbolic ${PARTS}/node_modules . ;;
  *' run build') cp --recursive ${PARTS}/dist . ;;
esac
`,
  )
  await machine.told('chmod', '755', NPX)
  const who = 'git config --global user.name sam && git config --global user.email sam@example.org'
  const clone = `git clone --quiet ${CHECKOUT} ~/author && git -C ~/author remote set-url origin $(git -C ${CHECKOUT} remote get-url origin)`
  expect((await machine.asSam(`${who} && ${clone}`)).code).toBe(0)
}

/** A commit more. */
export async function publish(machine: Machine): Promise<void> {
  const commands = 'git commit --quiet --allow-empty --message=next && git push --quiet origin main'
  const { code, output } = await machine.asSam(`cd ~/author && ${commands}`)
  expect(code, output).toBe(0)
}

/** One of two versions runs, whole, no trial is open any more, and no unit of ours has failed. */
export async function settled(machine: Machine, words: string): Promise<void> {
  const state = `test ! -e ${RELEASES}/on-trial.json && cat ${RELEASES}/current/COMMIT`
  await vi.waitUntil(
    async () => {
      const { code, output } = await machine.run('sh', '-c', state)
      return code === 0 && output.startsWith((await machine.health())?.commit ?? 'nobody')
    },
    { timeout: 40 * SECOND, interval: 100 },
  )
  const page = await fetch(`${machine.origin}/`)
  expect(await page.text(), words).toContain('<script')
  expect(
    await machine.told('systemctl', 'list-units', '--failed', '--plain', '--no-legend', 'home-energy*'),
  ).toBe('')
}

/** Nothing that was cut off stands in the way of the next one. */
export async function canStillBeUpdated(machine: Machine): Promise<void> {
  await publish(machine)
  const { code, output } = await machine.asSam(`${CHECKOUT}/pi/update.sh`)
  expect(code, output).toBe(0)
  const heads = `git -C ${CHECKOUT} rev-parse HEAD; git -C ~/author rev-parse HEAD; cat ${RELEASES}/current/COMMIT`
  const [checkout, newest, running] = (await machine.asSam(heads)).output.trim().split('\n')
  expect([checkout, running]).toEqual([newest, newest])
}
