// A machine in a temporary folder: the real scripts and a real git on both ends, with stand-ins on the PATH for what would change
// the machine that runs the tests. The program that is updated is a small one that behaves as its commit says.
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from '../backend/temporary.ts'
import { follow, INHABITANT, type Run } from './run.ts'
import { STUBS } from './stubs.ts'

export const ROOT = join(import.meta.dirname, '../..')
export const TOKEN = 'psk_77777777777777777777777777777777'

/** How a version is, when it is tried out and when it serves the house. */
export type Behaviour =
  | 'well'
  | 'crashes'
  | 'mute'
  | 'another-commit'
  | 'no-page'
  | 'no-asset'
  | 'no-prices'
  | 'restless'
  | 'cannot-migrate'

export interface Version {
  readonly smoke?: Behaviour
  readonly live?: Behaviour
  /** The form of the database that it knows. */
  readonly form?: number
  /** Another unit file. */
  readonly unit?: string
}

export interface Lab {
  readonly root: string
  readonly checkout: string
  readonly releases: string
  readonly sqlitePath: string
  readonly origin: string
  /** Commits a version and pushes it; the checkout does not have it yet. */
  publish(version: Version): string
  /** A script of pi/, with these arguments. */
  start(script: string, args?: readonly string[], env?: Record<string, string>, input?: string): Run
  run(script: string, args?: readonly string[], env?: Record<string, string>, input?: string): Promise<Ended>
  git(...args: string[]): string
  /** What the stand-ins were told, a line each. */
  calls(): string
  /** The folder name that a link leads to. */
  linked(link: 'current' | 'previous'): string | undefined
  /** What the house gets at this moment: the commit that health tells, and the page. */
  served(): Promise<string>
  /** Tells a stand-in how to behave from now on. */
  tell(what: string, how?: string): void
  /** The stand-in that looks for this waits. */
  pause(what: string): Pause
  /** As systemd would. */
  systemctl(...args: string[]): void
  rows(): number[]
  form(): number
  /** The database's name, by which devices know it again. */
  name(): number
}

export interface Pause {
  /** Those that wait go on waiting; whoever comes later passes. */
  forThoseWhoWait(): void
  end(): void
}

export interface Ended {
  readonly code: number | string
  readonly output: string
}

export async function openLab(of: 'test' | 'suite' = 'test'): Promise<Lab> {
  const root = temporaryFolder(of)
  const port = await freePort()
  layOut(root, port)
  makeDatabase(join(root, SQLITE_PATH))
  if (INHABITANT.uid) execFileSync('chown', ['--recursive', `${INHABITANT.uid}:${INHABITANT.gid}`, root])
  beginRepository(root, gitOf(environment(root, port)))
  return labIn(root, port)
}

const SQLITE_PATH = 'var/lib/home-energy-analysis/cache.sqlite'

type Git = (folder: string, ...args: string[]) => string
const gitOf =
  (env: Record<string, string>): Git =>
  (folder, ...args) =>
    execFileSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...INHABITANT,
    }).trim()

function labIn(root: string, port: number): Lab {
  const [checkout, author] = [join(root, 'home/Home-Energy-Analysis'), join(root, 'author')]
  const releases = `${checkout}-releases`
  const sqlitePath = join(root, SQLITE_PATH)
  const origin = `http://127.0.0.1:${port}`
  const env = environment(root, port)
  const gitIn = gitOf(env)
  const start: Lab['start'] = (script, args = [], more = {}, input = '') =>
    follow(join(checkout, 'pi', script), args, { ...env, ...more }, input)
  onTestFinished(
    () =>
      void execFileSync(join(root, 'bin/systemctl'), ['stop', 'home-energy-dashboard.service'], {
        env,
        ...INHABITANT,
      }),
  )
  return {
    root,
    checkout,
    releases,
    sqlitePath,
    origin,
    publish: (version) => {
      writeFileSync(join(author, 'behaviour.json'), JSON.stringify(version))
      if (version.unit) writeFileSync(join(author, 'systemd/home-energy-dashboard.service'), version.unit)
      gitIn(author, 'commit', '--quiet', '--all', '--allow-empty', '--message', JSON.stringify(version))
      gitIn(author, 'push', '--quiet', 'origin', 'main')
      return gitIn(author, 'rev-parse', 'HEAD')
    },
    start,
    run: async (...given) => {
      const run = start(...given)
      return { code: await run.ended, output: run.output() }
    },
    git: (...args) => gitIn(checkout, ...args),
    calls: () => textOf(join(root, 'calls')),
    linked: (link) => (existsSync(join(releases, link)) ? readlinkSync(join(releases, link)) : undefined),
    served: () => served(origin),
    tell: (what, how = '') => writeFileSync(join(root, 'told', what), how),
    pause: (what) => {
      const [rule, barrier] = [join(root, 'told', what), join(root, `${what}-barrier`)]
      writeFileSync(barrier, '')
      writeFileSync(rule, barrier)
      const forThoseWhoWait = () => rmSync(rule, { force: true })
      const end = () => {
        forThoseWhoWait()
        rmSync(barrier, { force: true })
      }
      onTestFinished(end)
      return { forThoseWhoWait, end }
    },
    systemctl: (...args) => void execFileSync(join(root, 'bin/systemctl'), args, { env, ...INHABITANT }),
    rows: () => inDatabase(sqlitePath, 'SELECT value AS number FROM fact ORDER BY value'),
    name: () => inDatabase(sqlitePath, 'SELECT value AS number FROM name')[0] ?? 0,
    form: () => inDatabase(sqlitePath, 'SELECT user_version AS number FROM pragma_user_version')[0] ?? 0,
  }
}

/** A lab in which the first version is installed and serves: a copy of one that pi/install.sh has made. */
export async function openInstalledLab(): Promise<Lab & { first: string }> {
  installation ??= install()
  const { root: original, first } = await installation
  const root = temporaryFolder()
  const port = await freePort()
  execFileSync('cp', ['--archive', '--no-target-directory', original, root])
  const moved = 'grep -rlIF "$1" "$2" | xargs --no-run-if-empty sed --in-place "s|$1|$2|g"'
  execFileSync('sh', ['-c', moved, 'sh', original, root], INHABITANT)
  writeSettings(root, port)
  const lab = labIn(root, port)
  lab.systemctl('restart', 'home-energy-dashboard.service')
  writeFileSync(join(lab.root, 'calls'), '')
  return { ...lab, first }
}

/** Made by the first test of a file that wants one. */
let installation: Promise<{ root: string; first: string }> | undefined

async function install(): Promise<{ root: string; first: string }> {
  const lab = await openLab('suite')
  const first = lab.publish({})
  lab.git('pull', '--quiet')
  const { code, output } = await lab.run('install.sh')
  if (code !== 0) throw new Error(`the lab's installation failed (${code}): ${output}\n${lab.calls()}`)
  lab.systemctl('stop', 'home-energy-dashboard.service')
  // All of it is read for that.
  await lab.run('update.sh', ['--help-me'])
  // To copy a lab is to make its files anew, and most of them would be git's.
  const git = gitOf(environment(lab.root, Number(new URL(lab.origin).port)))
  for (const folder of ['author', 'origin.git', 'home/Home-Energy-Analysis'])
    git(join(lab.root, folder), 'gc', '--quiet', '--prune=now')
  return { root: lab.root, first }
}

export const short = (commit: string): string => commit.slice(0, 12)

function environment(root: string, port: number): Record<string, string> {
  return {
    // Node itself is on the PATH only where the stand-ins put it.
    PATH: `${join(root, 'bin')}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    HOME: join(root, 'home'),
    LAB: root,
    LAB_PORT: String(port),
    LAB_NODE: process.execPath,
    // Compiled once, and found by every copy of a lab: it is started hundreds of times.
    NODE_COMPILE_CACHE: join(root, 'compiled'),
    NODE_COMPILE_CACHE_PORTABLE: '1',
    DESTDIR: root,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'lab',
    GIT_AUTHOR_EMAIL: 'lab@example.org',
    GIT_COMMITTER_NAME: 'lab',
    GIT_COMMITTER_EMAIL: 'lab@example.org',
  }
}

function layOut(root: string, port: number): void {
  for (const folder of ['bin', 'told', 'home', 'etc/home-energy-analysis', 'var/lib/home-energy-analysis'])
    mkdirSync(join(root, folder), { recursive: true })
  for (const [name, text] of Object.entries(STUBS)) {
    writeFileSync(join(root, 'bin', name), text)
    chmodSync(join(root, 'bin', name), 0o755)
  }
  const author = join(root, 'author')
  for (const part of ['pi', 'systemd']) cpSync(join(ROOT, part), join(author, part), { recursive: true })
  cpSync(join(import.meta.dirname, 'small-program'), author, { recursive: true })
  cpSync(join(ROOT, 'kiosk/labwc-rc.xml'), join(author, 'kiosk/labwc-rc.xml'))
  writeSettings(root, port)
}

const writeSettings = (root: string, port: number): void =>
  writeFileSync(join(root, 'etc/home-energy-analysis/dashboard.env'), `AMBER_TOKEN=${TOKEN}\nPORT=${port}\n`)

/** The author's copy (the real scripts, the small program), the origin, and the appliance's checkout. */
function beginRepository(root: string, git: Git): void {
  const author = join(root, 'author')
  git(author, 'init', '--quiet', '--template=', '--initial-branch=main')
  git(author, 'add', '--all')
  git(author, 'commit', '--quiet', '--message=first')
  git(root, 'init', '--quiet', '--template=', '--bare', '--initial-branch=main', 'origin.git')
  git(author, 'remote', 'add', 'origin', join(root, 'origin.git'))
  git(author, 'push', '--quiet', '--set-upstream', 'origin', 'main')
  git(root, 'clone', '--quiet', '--template=', 'origin.git', 'home/Home-Energy-Analysis')
}

function makeDatabase(path: string): void {
  const db = new DatabaseSync(path)
  db.exec(
    'PRAGMA journal_mode = WAL; CREATE TABLE fact (value INTEGER); INSERT INTO fact VALUES (1), (2); CREATE TABLE name (value INTEGER); INSERT INTO name VALUES (1); PRAGMA user_version = 1',
  )
  db.close()
}

function inDatabase(path: string, question: string): number[] {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return db
      .prepare(question)
      .all()
      .map(({ number }) => Number(number))
  } finally {
    db.close()
  }
}

async function served(origin: string): Promise<string> {
  try {
    const { commit } = JSON.parse(await answerOf(`${origin}/api/health`)) as { commit: string }
    return (await answerOf(`${origin}/`)).includes('<script') ? commit : 'no page'
  } catch {
    return 'nothing'
  }
}

/** On a connection of its own: one that is kept would have been to a server that is gone. */
async function answerOf(url: string): Promise<string> {
  const [answer] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage]
  return await text(answer)
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

export const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '')
