// What lies under a machine's own disk: a bare Debian, npm with all in its cache that an installation asks for, and this program in
// a git repository, as an appliance finds it on the network. The first two are made once a machine and kept.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../backend/temporary.ts'

const ROOT = join(import.meta.dirname, '../..')
/** The first user of a Debian. */
const SAM = 1000
/** The release of Debian that is tried; Raspberry Pi OS is built on the same. */
const DEBIAN = process.env.DEBIAN ?? 'bookworm'
/** Where machines find the program. */
export const REPOSITORY = '/srv/home-energy.git'

/** Undefined where machines can be made; else what is missing. */
export function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return 'not root'
  if (spawnSync('debootstrap', ['--version']).status !== 0) return 'debootstrap is not installed'
  if (spawnSync('ip', ['-Version']).status !== 0) return 'iproute2 is not installed'
  if (spawnSync('unshare', ['--mount', '--pid', '--fork', '--net', '--cgroup', 'true']).status !== 0)
    return 'no namespaces can be made here'
  return undefined
}

/** The uppermost first. */
export function bareLayers(): string[] {
  const tree = commitOfThis()
  return [programLayer(tree), printed('fetch-packages.sh', tree), printed('build-image.sh', DEBIAN)]
}

/** This working tree, committed or not, as the only commit of a repository's main. */
function commitOfThis(): string {
  const tree = temporaryFolder('suite')
  const leaveOut = ['node_modules', 'dist', 'var', '.git'].map((name) => `--exclude=./${name}`)
  const archive = execFileSync('tar', ['--create', ...leaveOut, '.'], { cwd: ROOT, maxBuffer: 1e9 })
  execFileSync('tar', ['--extract', '--no-same-owner'], { cwd: tree, input: archive })
  const git = (...args: string[]) => execFileSync('git', ['-C', tree, ...args], { stdio: 'pipe' })
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('-c', 'user.name=tests', '-c', 'user.email=tests@example.org', 'commit', '--quiet', '--message=first')
  return tree
}

function programLayer(tree: string): string {
  const layer = temporaryFolder('suite')
  mkdirSync(join(layer, 'srv'))
  execFileSync('git', ['clone', '--quiet', '--bare', tree, join(layer, REPOSITORY)])
  execFileSync('chmod', ['755', layer])
  // Git takes nothing from a stranger's folder.
  execFileSync('chown', ['--recursive', `${SAM}:${SAM}`, join(layer, REPOSITORY)])
  return layer
}

function printed(script: string, ...args: string[]): string {
  return execFileSync(join(import.meta.dirname, script), args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1e9,
  }).trim()
}
