// The units, as the update needs them.
import { join } from 'node:path'
import { asRoot, exitOf, mustRun, told } from './command.ts'
import type { Place } from './place.ts'
import { folderOf } from './releases.ts'

const DASHBOARD = 'home-energy-dashboard.service'
const SYNC = 'home-energy-sync-cache.service'
const TIMER = 'home-energy-sync-cache.timer'

/** Somebody stopped it on purpose: then it is not for an update to start it. A unit that fails is meant to run. */
export const isStoppedOnPurpose = (): boolean =>
  told(['systemctl', 'is-active', DASHBOARD]).text === 'inactive'

/** Before anything is touched: can systemd be told at all? Asks for the password where one is needed. */
export function checkRights(): void {
  mustRun(
    asRoot('true'),
    'systemd can be told by root only, and sudo does not allow it: run this in a terminal',
  )
}

/** False where it did not come up; whether it serves is another question. */
export const restart = (): boolean => exitOf(asRoot('systemctl', 'restart', DASHBOARD)) === 0

/** Does not wait for it: a refresh may take minutes. */
export const refresh = (): boolean => exitOf(asRoot('systemctl', 'start', '--no-block', SYNC)) === 0

/** True when the dashboard's own unit changed, so that it has to start again. */
export function installUnits({ releases, checkout }: Place, release: string): boolean {
  const folder = folderOf(releases, release)
  const user = told(['id', '--user', '--name']).text
  const { exit, text } = told(asRoot('bash', join(folder, 'pi/install-units.sh'), user, checkout, folder))
  if (exit !== 0) throw new Error('the units could not be installed: see above')
  return text.split('\n').includes(DASHBOARD)
}

export function showUnits(): void {
  exitOf(['systemctl', '--no-pager', '--lines=0', 'status', DASHBOARD, TIMER])
}
