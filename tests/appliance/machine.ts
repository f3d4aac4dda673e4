// A machine of its own: a real systemd on a disk in layers, on a wire that can be pulled, with a plug that can be pulled too. Only
// the kernel is the host's, so that a cut takes every process at once but nothing that was handed to the kernel.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, vi } from 'vitest'
import { temporaryFolder } from '../backend/temporary.ts'
import { layWire, type Wire } from './wire.ts'

export interface Machine {
  readonly wire: Wire
  /** What is on the disk beside its layers, seen from outside. To be read while the machine is off. */
  readonly disk: string
  readonly origin: string
  boot(): Promise<void>
  /** Once systemd has nothing left to begin. */
  ready(): Promise<void>
  /** Pulls the plug. */
  cut(): Promise<void>
  /** As root. */
  run(...command: string[]): Promise<Ended>
  /** As the household's user, with a login. */
  asSam(script: string, input?: string): Promise<Ended>
  /** The same in a terminal, where somebody answers each question once it is asked. */
  atTerminal(script: string, answers: readonly Answer[]): Promise<Ended>
  /** The output of a command that must not fail. */
  told(...command: string[]): Promise<string>
  start(...command: string[]): ChildProcess
  /** The end of what it wrote down of the appliance, for whoever has to find out why a test failed. */
  log(): Promise<string>
  write(path: string, text: string): void
  health(): Promise<Health | undefined>
  /** Whether systemd has the unit's processes running, seen from outside, in no time. */
  isRunning(unit: string): boolean
  /** How long from now until it answers, or until it answers so; fails after `patienceMs`. */
  untilHealthy(patienceMs: number, isSo?: (health: Health) => boolean): Promise<number>
}

export interface Ended {
  readonly code: number | string
  readonly output: string
}

export interface Answer {
  readonly to: string
  readonly is: string
}

export interface Health {
  readonly status: string
  readonly source: string
  readonly commit: string
  readonly demo: boolean
  readonly startedAt: string
  readonly prices?: { readonly intervalStart: string } | null
  readonly lastSync?: { readonly outcome: string; readonly startedAt: string } | null
}

/** What Amber is called in the machine. */
export const AMBER = 'amber.test'
/** With the machine's share of the processor, where control groups give one: see boot.sh. */
const AS_THE_MACHINE = 'if [ -e "$0" ]; then echo $$ >"$0"; fi; exec "$@"'
const BOOT = join(import.meta.dirname, 'boot.sh')
const LOOK_EVERY_MS = 50

/** Off at first. `layers`: what lies under its own disk, the uppermost first. */
export async function createMachine(layers: readonly string[]): Promise<Machine> {
  const disk = temporaryFolder('suite')
  const wire = await layWire()
  const name = `home-energy-${wire.name}`
  let power: ChildProcess | undefined
  let lastWords = ''
  const kept = join(disk, 'kept')
  addresses(kept, wire)

  const start = (...command: string[]) => {
    const enter = ['nsenter', '--target', `${firstProcess(power, lastWords)}`, '--all', '--']
    const args = ['-c', AS_THE_MACHINE, `/sys/fs/cgroup/cpu/${name}/cgroup.procs`, ...enter, ...command]
    return spawn('sh', args, { stdio: 'pipe', env: { PATH: process.env.PATH } })
  }
  const run = (...command: string[]) => endOf(start(...command))
  const cut = async () => {
    if (!power) return
    const ended = new Promise((resolve) => power?.once('exit', resolve))
    if (power.kill('SIGKILL')) await ended
    power = undefined
    await vi.waitUntil(() => isGone(name), { timeout: 20_000, interval: 5 })
  }
  machines.push(async () => {
    await cut()
    wire.remove()
  })

  const machine: Machine = {
    wire,
    disk: kept,
    origin: `http://${wire.theirs}:5050`,
    boot: async () => {
      const args = ['--pdeathsig', 'KILL', BOOT, layers.join(':'), disk, name]
      const env = { PATH: process.env.PATH, NETWORK: wire.network }
      const booted = spawn('setpriv', args, { stdio: ['ignore', 'pipe', 'pipe'], env })
      power = booted
      lastWords = ''
      for (const stream of [booted.stdout, booted.stderr]) stream.on('data', (chunk) => (lastWords += chunk))
      booted.once('exit', (code, signal) => (lastWords += ` (systemd ended with ${code ?? signal})`))
      await vi.waitUntil(() => childOf(power) !== undefined, { timeout: 10_000, interval: 2 })
    },
    ready: async () => {
      const isRunning = async () => (await run('systemctl', 'is-system-running')).output === 'running\n'
      await vi.waitUntil(isRunning, { timeout: 60_000, interval: 100 })
    },
    cut,
    start,
    run,
    asSam: (script, input = '') => {
      const child = start('runuser', '--login', 'sam', '--command', script)
      // What ends without having read its input is no mistake.
      child.stdin?.on('error', () => {})
      child.stdin?.end(input)
      return endOf(child)
    },
    atTerminal: (script, answers) => {
      const terminal = ['script', '--quiet', '--return', '--command', script, '/dev/null']
      const child = start('runuser', '--login', 'sam', '--command', quoted(terminal))
      answer(child, [...answers])
      return endOf(child)
    },
    told: async (...command) => {
      const { code, output } = await run(...command)
      if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}: ${output}`)
      return output
    },
    log: async () => (await run('journalctl', '--no-pager', '--lines=25', '--unit=home-energy*')).output,
    write: (path, content) => {
      const there = power ? `/proc/${firstProcess(power, lastWords)}/root${path}` : join(kept, path)
      mkdirSync(dirname(there), { recursive: true })
      writeFileSync(there, content)
    },
    isRunning: (unit) => CONTROL.some((root) => existsSync(join(root, name, 'system.slice', unit))),
    health: async () => {
      try {
        const answer = await fetch(`${machine.origin}/api/health`, { signal: AbortSignal.timeout(2000) })
        return answer.status === 200 ? ((await answer.json()) as Health) : undefined
      } catch {
        return undefined
      }
    },
    untilHealthy: async (patienceMs, isSo = () => true) => {
      const begunMs = performance.now()
      await vi.waitUntil(
        async () => {
          const health = await machine.health()
          return health !== undefined && isSo(health)
        },
        { timeout: patienceMs, interval: LOOK_EVERY_MS },
      )
      return performance.now() - begunMs
    },
  }
  return machine
}

/** Before the folders of their disks are taken away. */
const machines: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const takeAway of machines) await takeAway()
})

/** By these it is on its wire, and finds Amber at the other end of it. */
function addresses(kept: string, { ours, theirs }: Wire): void {
  const files = {
    'etc/hosts': `127.0.0.1 localhost\n127.0.1.1 kitchen-pi\n${ours} ${AMBER}\n`,
    'etc/systemd/network/eth0.network': `[Match]\nName=eth0\n[Network]\nAddress=${theirs}/24\nGateway=${ours}\n`,
  }
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(kept, name)), { recursive: true })
    writeFileSync(join(kept, name), content)
  }
}

/** The machine's process 1, as the host numbers it. */
function firstProcess(power: ChildProcess | undefined, lastWords: string): number {
  const child = childOf(power)
  if (child !== undefined) return child
  throw new Error(power ? `the machine went off by itself: ${lastWords}` : 'the machine is off')
}

/** Of the one that holds the namespaces. */
function childOf(power: ChildProcess | undefined): number | undefined {
  const path = `/proc/${power?.pid}/task/${power?.pid}/children`
  return existsSync(path) ? Number(readFileSync(path, 'utf8').trim().split(' ')[0]) || undefined : undefined
}

const CONTROL = ['unified', '', 'cpu'].map((hierarchy) => join('/sys/fs/cgroup', hierarchy))

/** All its processes; and the folders of its control groups are taken away, the innermost first. */
function isGone(name: string): boolean {
  const groups = CONTROL.map((root) => join(root, name)).filter(existsSync)
  if (groups.some((group) => readFileSync(join(group, 'cgroup.procs'), 'utf8') !== '')) return false
  const events = groups.map((group) => join(group, 'cgroup.events')).filter(existsSync)
  if (events.some((file) => /^populated 1$/m.test(readFileSync(file, 'utf8')))) return false
  for (const group of groups)
    execFileSync('find', [group, '-depth', '-type', 'd', '-exec', 'rmdir', '{}', ';'], { stdio: 'ignore' })
  return true
}

const quoted = (words: readonly string[]): string =>
  words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')

function answer(child: ChildProcess, answers: Answer[]): void {
  let said = ''
  child.stdout?.on('data', (chunk) => {
    said += chunk
    const next = answers[0]
    if (!next || !said.includes(next.to)) return
    said = ''
    answers.shift()
    child.stdin?.write(`${next.is}\n`)
  })
}

async function endOf(child: ChildProcess): Promise<Ended> {
  const ended = new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'nothing')),
  )
  const [out, err] = await Promise.all(
    [child.stdout, child.stderr].map((stream) => (stream ? text(stream) : '')),
  )
  return { code: await ended, output: `${out}${err}` }
}
