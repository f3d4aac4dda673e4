// The one moment that matters: from one release to another, and back again unless that one proves itself.
import { type Form, holdRefreshes, keepDatabases, putFormsBack } from './databases.ts'
import type { Place } from './place.ts'
import { environmentOf, migrate, renameDatabase } from './program.ts'
import { healthOf, showsPrices, whatIsWrong } from './prove.ts'
import { commitOf, folderOf, point } from './releases.ts'
import { EXIT } from './stop.ts'
import { checkRights, installUnits, isStoppedOnPurpose, restart } from './systemd.ts'
import { beginTrial, endTrial, type Trial } from './trial.ts'

export interface Switch extends Trial {
  /** How long a version may take to prove itself. */
  readonly waitMs: number
  readonly step: (words: string) => void
}

/** EXIT.done when the new release runs and is proved; whatever else, the old one is in its place again. */
export async function switchTo(place: Place, change: Switch): Promise<number> {
  const { from, to, step } = change
  const seen: Before = {
    stopped: isStoppedOnPurpose(),
    hadPrices: showsPrices(await healthOf(place.origin)),
  }
  // Again, since the build may have taken longer than sudo remembers.
  checkRights()
  step('hold: no refresh begins before this is over')
  const letRefreshesGo = holdRefreshes(place.sqlitePath)
  try {
    step('copy: the databases as they are')
    await keepDatabases(place.sqlitePath, from)
    step(`trial: from here on, an end without a word puts ${from} back`)
    beginTrial(place.releases, { from, to })
    const trouble = await goOver(place, change, seen)
    if (trouble !== undefined) return await goBack(place, change, seen, trouble)
    step('keep: it has proved itself')
    point(place.releases, 'previous', from)
    endTrial(place.releases)
    return EXIT.done
  } finally {
    letRefreshesGo()
  }
}

interface Before {
  readonly stopped: boolean
  readonly hadPrices: boolean
}

/** Undefined when the new release serves; else what is wrong with it. */
async function goOver(place: Place, change: Switch, before: Before): Promise<string | undefined> {
  const { to, waitMs, step } = change
  try {
    step('migrate: the databases, where the new version wants another form')
    await putDatabasesBack(place, to, 'newer')
    migrate(folderOf(place.releases, to), environmentOf(place, place.sqlitePath))
    step(`switch: to ${to}`)
    point(place.releases, 'current', to)
    installUnits(place, to)
    if (before.stopped) return undefined
    step('restart: the dashboard')
    if (!restart()) return 'it does not come up: journalctl --unit=home-energy-dashboard'
    step('prove: its health, the page and all that the page needs')
    const proof = { commit: commitOf(place.releases, to), needsPrices: before.hadPrices }
    return await whatIsWrong(place.origin, proof, waitMs)
  } catch (error) {
    return (error as Error).message
  }
}

async function goBack(place: Place, change: Switch, before: Before, trouble: string): Promise<number> {
  const { from, waitMs, step } = change
  step(`back: ${trouble}`)
  await undo(place, change)
  installUnits(place, from)
  const still = before.stopped ? undefined : await troubleAfterRestart(place, from, waitMs)
  endTrial(place.releases)
  step(
    still === undefined
      ? `failed: the new version was put away again because of this: ${trouble}`
      : `failed: the new version was put away (${trouble}), and the old one is not well either: ${still}`,
  )
  return still === undefined ? EXIT.oldServes : EXIT.oldIsSick
}

async function troubleAfterRestart(
  place: Place,
  release: string,
  waitMs: number,
): Promise<string | undefined> {
  restart()
  const proof = { commit: commitOf(place.releases, release), needsPrices: false }
  return await whatIsWrong(place.origin, proof, waitMs)
}

/** Can be done again and again: also by whoever finds a trial that nobody ended. The link first: it is what a boot follows. */
export async function undo(place: Place, { from }: Trial): Promise<void> {
  point(place.releases, 'current', from)
  await putDatabasesBack(place, from, 'another')
}

async function putDatabasesBack(place: Place, release: string, which: Form): Promise<void> {
  const folder = folderOf(place.releases, release)
  await putFormsBack(place.sqlitePath, release, which, (path) =>
    renameDatabase(folder, environmentOf(place, path)),
  )
}
