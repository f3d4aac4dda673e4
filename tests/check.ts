// npm run check: types of every program, lint and format, and shellcheck where it is installed. Runs all, then judges.
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules/.bin', name)

const shellScripts = globSync(['{pi,kiosk,systemd,tests}/**/*.sh', '.ci/run'], { cwd: root })
const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0

const checks: [name: string, command: string, args: string[]][] = [
  ...['backend', 'frontend', 'frontend/src/worker', 'tests'].map((program): [string, string, string[]] => [
    `types of ${program}`,
    bin('tsc'),
    ['--project', program],
  ]),
  ['lint and format', bin('biome'), ['check', '--error-on-warnings', '.']],
  ...(hasShellcheck ? [['shellcheck', 'shellcheck', shellScripts] as [string, string, string[]]] : []),
]

const results = checks.map(([name, command, args]) => {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  console.log(`${status === 0 ? 'ok     ' : 'FAILED '} ${name}`)
  return status === 0
})
if (!hasShellcheck) console.log('skipped shellcheck: it is not installed')
process.exit(results.every(Boolean) ? 0 : 1)
