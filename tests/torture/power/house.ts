// The house around the machine: its power switch, the year, Amber at the other end of the wire.
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../backend/domain/interval.ts'
import { createSimulator, DEMO_TOKEN, type Simulator } from '../../../backend/simulator/server.ts'
import { DEMO_SITE } from '../../../backend/simulator/sites.ts'
import { autopsy } from './autopsy.ts'
import { bootFiles } from './boot-files.ts'
import { buildGuest, DISK_BYTES } from './guest.ts'
import type { Found } from './judge.ts'
import { type Machine, switchOn } from './machine.ts'
import type { Kernel } from './needed.ts'
import { openVolatileDisk, type VolatileDisk } from './volatile-disk.ts'

/** What the eye in the machine sees. */
export interface Look {
  readonly nowMs: number
  readonly integrity: string
  /** Separated by spaces. */
  readonly failedUnits: string
}

export interface House {
  readonly dashboard: string
  readonly amber: Simulator
  readonly disk: VolatileDisk
  /** The true time, in the year that is played here. */
  now(): number
  /** Some hours pass; nobody waits for them. */
  pass(hours: number): void
  /** The clock of the machine shows the true time, if nothing else is said. */
  switchOn(clockMs?: number): Promise<Machine>
  /** Called after each write to the disk, until another is set. */
  onWrite: () => void
  look(path?: string): Promise<Look>
  autopsy(): Found
  /** The internet goes, or comes back. */
  connect(isOn: boolean): Promise<void>
  close(): Promise<void>
}

/** systemd believes in no clock that shows a year long after its own: 2010 and today must both be near enough to that. */
const BEGIN_MS = Date.parse('2024-08-04T21:10:00Z')
const SITE = { ...DEMO_SITE, activeFrom: '2023-07-01' }
/** Longer than the site is old: a clock that is right drops nothing. */
const RETENTION_DAYS = 500

export async function openHouse(folder: string, kernel: Kernel, log: (text: string) => void): Promise<House> {
  // Time goes as the machine's own clock goes, whatever year that shows: a busy host is no reason to be late.
  let trueMs = BEGIN_MS
  const now = () => trueMs
  const amber = createSimulator({ clock: now, sites: [SITE] })
  const [amberPort, dashboardPort, eyePort] = [await freePort(), await freePort(), await freePort()]
  let line: { close(): Promise<void> } | undefined = await amber.listen(amberPort)
  log('building the disk …')
  const image = join(folder, 'disk.img')
  await buildGuest(folder, image, {
    // Under this address qemu's own little network has the machine that it runs on.
    amberUrl: `http://10.0.2.2:${amberPort}/v1`,
    token: DEMO_TOKEN,
    retentionDays: RETENTION_DAYS,
  })
  const boot = bootFiles(folder, kernel)
  const disk = openVolatileDisk(image, DISK_BYTES)
  let machine: Machine | undefined
  const house: House = {
    dashboard: `http://127.0.0.1:${dashboardPort}`,
    amber,
    disk,
    now,
    pass: (hours) => {
      trueMs += hours * HOUR_MS
    },
    onWrite: () => {},
    switchOn: async (clockMs = now()) => {
      const behindMs = now() - clockMs
      machine = await switchOn({
        boot,
        disk,
        clockMs,
        ports: { dashboard: dashboardPort, eye: eyePort },
        consoleLog: join(folder, 'console.log'),
        onWrite: () => house.onWrite(),
        onClock: (ms) => {
          trueMs = ms + behindMs
        },
      })
      return machine
    },
    look: async (path = '/') => {
      const answer = await fetch(`http://127.0.0.1:${eyePort}${path}`, {
        signal: AbortSignal.timeout(HOST_MS / 6),
      })
      if (!answer.ok) throw new Error(`the eye in the machine sees nothing: ${await answer.text()}`)
      return (await answer.json()) as Look
    },
    autopsy: () => autopsy(image, folder),
    connect: async (isOn) => {
      if (isOn) line ??= await amber.listen(amberPort)
      else {
        await line?.close()
        line = undefined
      }
    },
    close: async () => {
      if (machine?.isOn()) await machine.cut(() => true)
      await line?.close()
      disk.close()
    },
  }
  return house
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** However slow the host is: by then something is wrong with the machine that runs the machine. */
const HOST_MS = 90 * MINUTE_MS

/**
 * Asks again and again; undefined when it was in vain for so long by the machine's own clock, on which a busy host has no
 * influence. An error is a no.
 */
export async function eventually<T>(
  { now }: Pick<House, 'now'>,
  ask: () => Promise<T | undefined | false>,
  { withinMs, everyMs = SECOND_MS }: { withinMs: number; everyMs?: number },
): Promise<T | undefined> {
  const [endMs, hostEndMs] = [now() + withinMs, Date.now() + HOST_MS]
  while (now() < endMs && Date.now() < hostEndMs) {
    const answer = await ask().catch(() => undefined)
    if (answer) return answer
    await sleep(everyMs)
  }
  return undefined
}
