// What takes minutes: the five-minute grid, and a loop of crashes as long as that.
import { setTimeout as passed } from 'node:timers/promises'
import { expect, vi } from 'vitest'
import { type Amber, DASHBOARD, forgetAll, newHousehold, property, SYNC } from './household.ts'
import type { Machine } from './machine.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const DROP_IN = `/run/systemd/system/${DASHBOARD}.d`
const LONG = { timeout: 6 * MINUTE, interval: SECOND }

/** Another program has the port, so that each start ends at once; then it is a program that only ends, which costs the host less. */
export async function survivesACrashLoop(machine: Machine): Promise<void> {
  await machine.told('systemctl', 'stop', DASHBOARD)
  const thief = machine.start('node', '-e', 'require("net").createServer((s) => s.destroy()).listen(5050)')
  await machine.told('sh', '-c', 'until ss --listening --tcp --numeric | grep -q :5050; do sleep 0.1; done')
  await machine.told('systemctl', 'start', '--no-block', DASHBOARD)
  const states = new Set<string>()
  const look = async (ms: number) => {
    for (const end = performance.now() + ms; performance.now() < end; await passed(SECOND))
      states.add(await property(machine, DASHBOARD, 'ActiveState'))
    return Number(await property(machine, DASHBOARD, 'NRestarts'))
  }
  // More than systemd would let pass by itself.
  expect(await look(MINUTE)).toBeGreaterThan(6)
  machine.write(`${DROP_IN}/ends.conf`, '[Service]\nExecStart=\nExecStart=/bin/false\n')
  await machine.told('systemctl', 'daemon-reload')
  expect(await look(4 * MINUTE)).toBeGreaterThan(60)
  expect([...states].filter((state) => state !== 'activating')).toEqual([])
  thief.kill('SIGKILL')
  await machine.run('pkill', '--full', 'createServer')
  await machine.told('rm', `${DROP_IN}/ends.conf`)
  await machine.told('systemctl', 'daemon-reload')
  expect(await machine.untilHealthy(20 * SECOND)).toBeLessThan(20 * SECOND)
}

/** Amber takes the call and says nothing. */
export async function endsARefreshThatAmberHangs(machine: Machine, amber: Amber): Promise<void> {
  await newHousehold(machine, amber)
  amber.faults.delayMs = 60 * MINUTE
  await machine.told('systemctl', 'restart', SYNC)
  expect(await machine.health()).toMatchObject({ source: 'cache', lastSync: { outcome: 'unreachable' } })
  amber.faults.delayMs = undefined
  await machine.told('systemctl', 'restart', '--no-block', SYNC)
  await machine.untilHealthy(MINUTE, ({ source }) => source === 'live')
}

/** The process itself stands still, and would for ever. */
export async function refreshesAfterAHang(machine: Machine, amber: Amber): Promise<void> {
  await forgetAll(machine, amber)
  // Long enough to be caught.
  amber.faults.delayMs = 10 * SECOND
  await gridFromNow(machine, 10 * SECOND)
  const hanging = await newRefresh(machine, 0)
  await machine.told('kill', '-STOP', `${hanging}`)
  const beganMs = performance.now()
  await newRefresh(machine, hanging)
  expect(performance.now() - beganMs).toBeLessThan(5 * MINUTE + 10 * SECOND)
}

/** The period and every limit stay as they are; only what is waited for first is spared. */
async function gridFromNow(machine: Machine, ms: number): Promise<void> {
  const at = new Date(Date.now() + ms)
  const grid = `[Timer]\nOnCalendar=\nOnCalendar=*:${at.getUTCMinutes() % 5}/5:${at.getUTCSeconds()}\n`
  machine.write('/etc/systemd/system/home-energy-sync-cache.timer.d/grid.conf', grid)
  await machine.told('systemctl', 'daemon-reload')
  await machine.told('systemctl', 'restart', 'home-energy-sync-cache.timer')
}

/** The process of the refresh that runs; 0 where none does. */
const refreshing = async (machine: Machine): Promise<number> =>
  Number(await property(machine, SYNC, 'MainPID'))

async function newRefresh(machine: Machine, last: number): Promise<number> {
  return await vi.waitUntil(async () => {
    const now = await refreshing(machine)
    return now !== 0 && now !== last && now
  }, LONG)
}

/** The page at once, and prices within five and a half minutes of a network that comes when nobody waits for it any more. */
export async function startsWithoutANetwork(machine: Machine): Promise<void> {
  // The first refresh waits for a network as long as the system's own service does: here for seconds, not for minutes.
  const patience = '[Service]\nExecStart=\nExecStart=/lib/systemd/systemd-networkd-wait-online --timeout=10\n'
  machine.write('/etc/systemd/system/systemd-networkd-wait-online.service.d/patience.conf', patience)
  machine.wire.pull()
  const bootedAt = Math.floor(Date.now() / SECOND)
  await machine.boot()
  // Nobody reaches it over the wire, but the screen in the kitchen is the machine's own.
  const onTheSpot = async (path: string) =>
    (await machine.run('curl', '--silent', '--fail', '--max-time', '2', `http://localhost:5050${path}`))
      .output
  const bootedMs = performance.now()
  await vi.waitUntil(async () => (await onTheSpot('/')).includes('<script'), {
    timeout: 20 * SECOND,
    interval: 50,
  })
  expect(performance.now() - bootedMs).toBeLessThan(10 * SECOND)
  // A refresh was tried, and there was nobody to ask.
  const said = () => machine.told('journalctl', '--no-pager', `--since=@${bootedAt}`, `--unit=${SYNC}`)
  await vi.waitUntil(async () => /sync: /.test(await said()), { timeout: 2 * MINUTE, interval: SECOND })
  expect(await said()).not.toContain('amber: GET')

  machine.wire.plug()
  const ms = await machine.untilHealthy(
    6 * MINUTE,
    ({ source, status }) => source === 'live' && status === 'ok',
  )
  expect(ms).toBeLessThan(5.5 * MINUTE)
}
