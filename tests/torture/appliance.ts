// npm run torture -- cuts [--seed N] · npm run torture -- trixie
// Parts of the test of the real units under a real systemd that take too long, or fetch too much, for every change.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const ROOT = join(import.meta.dirname, '../..')

/** Fifty cuts. What each waits for comes from the seed; what it meets is what the machine does then. The exit code. */
export function runCuts(given: readonly string[]): number {
  const { values } = parseArgs({ args: [...given], options: { seed: { type: 'string', default: '1' } } })
  return run('made by|whose plug', { APPLIANCE: 'fifty cuts', SEED: values.seed })
}

/** On the Debian that newer Raspberry Pi OS is built on. The exit code. */
export const runTrixie = (): number =>
  run('made by|something goes wrong', { APPLIANCE: 'trixie', DEBIAN: 'trixie' })

function run(tests: string, env: Record<string, string>): number {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
  const args = [
    vitest,
    'run',
    '--config',
    'tests/vitest.config.ts',
    'tests/appliance',
    '--testNamePattern',
    tests,
  ]
  return (
    spawnSync(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'inherit' })
      .status ?? 1
  )
}
