// A server that is killed and one that hangs.
import { expect } from 'vitest'
import { DASHBOARD, property } from './household.ts'
import type { Machine } from './machine.ts'

const SECOND = 1000

/** Killed as the kernel kills where memory is short. */
export async function isBackAfterKill(machine: Machine): Promise<void> {
  const before = await machine.health()
  await machine.told('systemctl', 'kill', '--kill-whom=main', '--signal=KILL', DASHBOARD)
  const ms = await machine.untilHealthy(20 * SECOND, ({ startedAt }) => startedAt !== before?.startedAt)
  expect(ms).toBeLessThan(5 * SECOND)
}

/** Its event loop stands still, and the sockets are open as before. */
export async function isBackAfterHang(machine: Machine): Promise<void> {
  const before = await machine.health()
  const watchdogMs = Number.parseInt(await property(machine, DASHBOARD, 'WatchdogUSec'), 10) * SECOND
  expect(watchdogMs).toBeGreaterThan(0)
  await machine.told('systemctl', 'kill', '--kill-whom=main', '--signal=STOP', DASHBOARD)
  expect(await machine.health()).toBeUndefined()
  const ms = await machine.untilHealthy(90 * SECOND, ({ startedAt }) => startedAt !== before?.startedAt)
  expect(ms).toBeLessThan(watchdogMs + 5 * SECOND)
  expect(await machine.told('journalctl', '--no-pager', `--unit=${DASHBOARD}`)).toContain('Watchdog timeout')
}
