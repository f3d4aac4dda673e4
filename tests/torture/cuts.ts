// Fifty cuts of the real units under a real systemd: the appliance's own test of it, which is too long for every change.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/** The exit code. Its seed is fixed: the moments are always the same, what they meet never is. */
export function run(): number {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
  const args = [vitest, 'run', '--config', 'tests/vitest.config.ts', 'tests/appliance', '-t', 'made by|fifty']
  const env = { ...process.env, FIFTY_CUTS: '1' }
  return spawnSync(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit' }).status ?? 1
}
