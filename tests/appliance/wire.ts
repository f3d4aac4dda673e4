// The cable between a machine and this process. It is there for as long as this process is, also while the machine is off.
import { spawn, spawnSync } from 'node:child_process'
import { readlinkSync } from 'node:fs'
import { vi } from 'vitest'

export interface Wire {
  /** The host's end; no other machine of this host has it. */
  readonly name: string
  /** The addresses of both ends. */
  readonly ours: string
  readonly theirs: string
  /** The file of the network namespace that the machine is put into. */
  readonly network: string
  plug(): void
  pull(): void
  /** For good. */
  remove(): void
}

/** Pulled at first. */
export async function layWire(): Promise<Wire> {
  const holder = spawn('setpriv', ['--pdeathsig', 'KILL', 'unshare', '--net', 'sleep', 'infinity'], {
    stdio: 'ignore',
  })
  const network = `/proc/${holder.pid}/ns/net`
  await vi.waitUntil(() => readlinkSync(network) !== readlinkSync('/proc/self/ns/net'), {
    timeout: 10_000,
    interval: 5,
  })
  const number = takeNumber(holder.pid as number)
  const name = `hea${number}`
  const [ours, theirs] = [`10.213.${number}.1`, `10.213.${number}.2`]
  ip('address', 'add', `${ours}/24`, 'dev', name)
  return {
    name,
    ours,
    theirs,
    network,
    plug: () => ip('link', 'set', name, 'up'),
    pull: () => ip('link', 'set', name, 'down'),
    remove: () => void holder.kill('SIGKILL'),
  }
}

/** The first for which the kernel makes a cable. */
function takeNumber(holder: number): number {
  for (let number = 1; number < 255; number++) {
    const ends = ['type', 'veth', 'peer', 'name', 'eth0', 'netns', `${holder}`]
    if (spawnSync('ip', ['link', 'add', `hea${number}`, ...ends]).status === 0) return number
  }
  throw new Error('the kernel makes no cable for a machine')
}

function ip(...args: string[]): void {
  const { status, stderr } = spawnSync('ip', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`)
}
