// "npm start" and its likes as a person runs them: real processes, the real clock, the demo household.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startCommand } from '../../backend/commands/start.ts'
import { isoLocal } from '../../backend/domain/calendar.ts'
import type { HealthAnswer } from '../../backend/domain/contract.ts'
import { API_ROUTES } from '../../backend/http/app.ts'
import { createSimulator } from '../../backend/simulator/server.ts'
import { temporaryFolder } from '../backend/temporary.ts'

const ROOT = join(import.meta.dirname, '../..')
// By the real clock a price may settle as late as minutes into its interval, and a sync waits for it.
vi.setConfig({ testTimeout: 300_000 })
const FRESH = /sync: (ok|the running price)/

const TOKEN = 'psk_11111111111111111111111111111111'
const NO_AMBER = { AMBER_TOKEN: TOKEN, AMBER_API_URL: 'http://127.0.0.1:9' }
const NOBODY = 65534

interface Program {
  readonly child: ChildProcess
  output(): string
  said(words: RegExp): Promise<RegExpMatchArray>
  ended(): Promise<number | null>
}

function run(command: string, env: Record<string, string>, uid?: number): Program {
  const { AMBER_TOKEN: _, ...inherited } = process.env
  const child = spawn(process.execPath, ['backend/home-energy.mjs', command], {
    cwd: ROOT,
    env: { ...inherited, PORT: '0', HOST: '127.0.0.1', ...env },
    ...(uid !== undefined && { uid, gid: uid }),
  })
  let text = ''
  const waiting = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      text += chunk
      for (const look of waiting) look()
    })
  const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await exit
  })
  return {
    child,
    output: () => text,
    ended: () => exit,
    said: (words) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = text.match(words)
          if (match) resolve(match)
        }
        waiting.add(look)
        look()
        void exit.then(() => reject(new Error(`ended without saying ${words}: ${text}`)))
      }),
  }
}

const health = async (port: string): Promise<HealthAnswer> =>
  (await (await fetch(`http://127.0.0.1:${port}/api/health`)).json()) as HealthAnswer

describe('npm start', () => {
  it('without a token serves the demo household, fresh within its first sync, and stops cleanly', async () => {
    const program = run('start', { SQLITE_PATH: join(temporaryFolder(), 'cache.sqlite') })
    const [, port = ''] = await program.said(/http:\/\/localhost:(\d+)/)
    await program.said(FRESH)
    expect(await health(port)).toMatchObject({ status: 'ok', source: 'live', demo: true })
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain('<title>')
    program.child.kill('SIGTERM')
    expect(await program.ended()).toBe(0)
    await expect(health(port)).rejects.toThrow()
  })

  it('with a token serves what Amber tells, and the token is nowhere but in the sync', async () => {
    const amber = await createSimulator({ clock: Date.now, tokens: [TOKEN] }).listen()
    onTestFinished(amber.close)
    const folder = temporaryFolder()
    const program = run('start', {
      SQLITE_PATH: join(folder, 'cache.sqlite'),
      AMBER_TOKEN: TOKEN,
      AMBER_API_URL: amber.url,
      DEBUG: '1',
    })
    const [, port = ''] = await program.said(/http:\/\/localhost:(\d+)/)
    await program.said(FRESH)
    expect(await health(port)).toMatchObject({ demo: false, source: 'live' })

    const server = childrenOf(program.child.pid).find(({ command }) => command.includes('serve'))
    expect(server).toBeDefined()
    expect(readFileSync(`/proc/${server?.pid}/environ`, 'utf8')).not.toContain(TOKEN)
    expect(program.output()).not.toContain(TOKEN)
    // The stream of events has no end; all it says is a revision.
    for (const path of [...API_ROUTES, '/', '/setup', '/login'].filter((each) => each !== '/api/events'))
      expect(await (await fetch(`http://127.0.0.1:${port}${path}`)).text(), path).not.toContain(TOKEN)
    for (const file of readdirSync(folder))
      expect(readFileSync(join(folder, file)).includes(TOKEN)).toBe(false)
  })

  it('refreshes at 25 s past each fifth minute, each time in a process of its own', async () => {
    const folder = temporaryFolder()
    const clock = { now: Date.parse('2026-03-10T10:02:41+11:00') }
    const turns: string[] = []
    const { promise: stop, resolve: end } = Promise.withResolvers<void>()
    const { AMBER_TOKEN: _, ...env } = process.env
    const code = await startCommand({
      root: ROOT,
      args: [],
      folder: ROOT,
      env: { ...env, PORT: '0', HOST: '127.0.0.1', SQLITE_PATH: join(folder, 'cache.sqlite'), ...NO_AMBER },
      now: () => clock.now,
      sleep: async (ms) => {
        clock.now += ms
        turns.push(isoLocal(clock.now, 'Australia/Sydney').slice(11, 19))
        if (turns.length === 3) end()
      },
      log: () => {},
      print: () => {},
      stop,
    })
    expect(code).toBe(0)
    expect(turns).toEqual(['10:05:25', '10:10:25', '10:15:25'])
    const db = new Database(join(folder, 'cache.sqlite'), { readonly: true })
    onTestFinished(() => void db.close())
    expect(db.prepare('SELECT outcome FROM sync_run').pluck().all()).toEqual(Array(3).fill('unreachable'))
  })

  it('says in one sentence that its port is taken, and ends', async () => {
    const blocker = createServer()
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void blocker.close())
    const { port } = blocker.address() as { port: number }
    const program = run('start', { SQLITE_PATH: join(temporaryFolder(), 'cache.sqlite'), PORT: String(port) })
    expect(await program.ended()).not.toBe(0)
    expect(program.output()).toContain(
      `Port ${port} is taken: stop the program that uses it, or set PORT to another one.`,
    )
    expect(program.output()).not.toContain('    at ')
  })

  it('says in one sentence that its folder is not writable, and ends', async () => {
    const folder = temporaryFolder()
    chmodSync(folder, 0o555)
    // Root may write anywhere, so as root this is run as somebody who may not.
    const isRoot = process.getuid?.() === 0
    if (isRoot) chownSync(folder, 0, 0)
    const program = run(
      'start',
      { SQLITE_PATH: join(folder, 'deep/cache.sqlite') },
      isRoot ? NOBODY : undefined,
    )
    expect(await program.ended()).not.toBe(0)
    expect(program.output()).toMatch(/Cannot write .*cache\.sqlite: make its folder writable for this user\./)
    expect(program.output()).not.toContain('    at ')
  })

  it('says all that is wrong with the settings, and ends', async () => {
    const program = run('start', { PORT: 'http', TIME_ZONE: 'Sydney', AMBER_TOKN: 'x' })
    expect(await program.ended()).not.toBe(0)
    expect(program.output()).toMatch(/PORT: is not a port number/)
    expect(program.output()).toMatch(/TIME_ZONE: is not the name of a time zone/)
    expect(program.output()).toMatch(/did you mean AMBER_TOKEN\?/)
  })
})

describe('npm run sync', () => {
  it('twice at once leaves it to the first, and both end well', async () => {
    const env = { SQLITE_PATH: join(temporaryFolder(), 'cache.sqlite') }
    const both = [run('sync', env), run('sync', env)]
    expect(await Promise.all(both.map((each) => each.ended()))).toEqual([0, 0])
    const said = both.map((each) => each.output()).join('')
    expect(said).toMatch(/sync: ok/)
    expect(said).toMatch(/another sync is running/)
  })

  it('ends well when Amber cannot be reached, and says that the cache was kept', async () => {
    const program = run('sync', {
      SQLITE_PATH: join(temporaryFolder(), 'cache.sqlite'),
      ...NO_AMBER,
    })
    expect(await program.ended()).toBe(0)
    expect(program.output()).toMatch(/unreachable.*the cache was kept/)
  })

  it('makes room for a real household after the demo, and never the other way round', async () => {
    const amber = await createSimulator({ clock: Date.now, tokens: [TOKEN] }).listen()
    onTestFinished(amber.close)
    const env = { SQLITE_PATH: join(temporaryFolder(), 'cache.sqlite') }
    const real = { ...env, AMBER_TOKEN: TOKEN, AMBER_API_URL: amber.url }
    expect(await run('sync', env).ended()).toBe(0)
    expect(await run('sync', real).ended()).toBe(0)
    const demoAgain = run('sync', env)
    expect(await demoAgain.ended()).not.toBe(0)
    expect(demoAgain.output()).toMatch(/AMBER_TOKEN is missing, but the cache holds a real household/)
  })
})

describe('npm run status', () => {
  it('says that no server answers, with exit code 2', async () => {
    const program = run('status', { PORT: '9' })
    expect(await program.ended()).toBe(2)
    expect(program.output()).toMatch(/No server answers/)
  })

  it('shows a running server on one screen, with exit code 0 when all is well', async () => {
    const server = run('start', { SQLITE_PATH: join(temporaryFolder(), 'cache.sqlite') })
    const [, port = ''] = await server.said(/http:\/\/localhost:(\d+)/)
    await server.said(FRESH)
    const program = run('status', { PORT: port })
    expect(await program.ended()).toBe(0)
    expect(program.output()).toMatch(/Status +ok, live, DEMO household/)
    expect(program.output().split('\n').length).toBeLessThan(24)
  })
})

describe('a checkout', () => {
  /** As it comes from git: the program, and beside it what the test says. */
  const checkout = (...beside: string[]): string => {
    const folder = temporaryFolder()
    for (const name of ['backend', 'frontend', 'package.json', 'package-lock.json', ...beside])
      symlinkSync(join(ROOT, name), join(folder, name))
    return folder
  }
  const start = (
    folder: string,
    options: { args?: readonly string[]; data?: string; uid?: number | undefined } = {},
  ) => {
    const { args = [], data = temporaryFolder(), uid } = options
    const program = [
      '--preserve-symlinks',
      '--preserve-symlinks-main',
      ...args,
      'backend/home-energy.mjs',
      'start',
    ]
    return spawnSync(process.execPath, program, {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, PORT: '0', SQLITE_PATH: join(data, 'cache.sqlite') },
      ...(uid !== undefined && { uid, gid: uid }),
    })
  }

  it('under an old Node says in one sentence that it is too old, whatever else that one cannot read', () => {
    const pretend =
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.1' } })"
    const { status, stdout, stderr } = start(checkout('node_modules'), {
      args: ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`],
    })
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^Home Energy Analysis needs Node 24 and this is v[^\n]+\n$/)
  })

  it('in which the app can be built by nobody but its owner says in one sentence what to do', () => {
    const [folder, data] = [checkout('node_modules'), temporaryFolder()]
    chmodSync(folder, 0o555)
    // Root may write anywhere, so as root this is run as somebody who may not.
    const uid = process.getuid?.() === 0 ? NOBODY : undefined
    if (uid !== undefined) chownSync(data, uid, uid)
    const { status, stdout } = start(folder, { data, uid })
    expect(status).toBe(78)
    expect(stdout).toBe(
      `start: Cannot write ${folder}/dist (EACCES): make the folder it is in writable for this user.\n`,
    )
  })

  it('in which nothing is installed says so, and what to run', () => {
    const { status, stderr } = start(checkout())
    expect(status).toBe(1)
    expect(stderr).toMatch(/^Nothing is installed in .* yet: run "npm ci" there first\.\n$/)
  })
})

function childrenOf(parent: number | undefined): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => ofProcess(pid, 'stat').split(') ')[1]?.split(' ')[1] === String(parent))
    .map((pid) => ({ pid: Number(pid), command: ofProcess(pid, 'cmdline') }))
}

/** Empty for one that has ended since it was listed. */
function ofProcess(pid: string, name: 'stat' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return ''
  }
}
