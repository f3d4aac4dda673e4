// What update.sh can be asked for, step by step. Each step says its name first, so that the last word of an update that was cut off
// tells where.
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { exitOf, mustRun } from './command.ts'
import { holdRefreshes, tidyCopies } from './databases.ts'
import type { Place } from './place.ts'
import { nodeOf } from './program.ts'
import { healthOf, showsPrices } from './prove.ts'
import { commitOf, folderOf, linked, nameOf, point, seal, tidy } from './releases.ts'
import { checkRepository, fetchNewest, moveForwards } from './repository.ts'
import { smokeTest } from './smoke.ts'
import { checkSpace } from './space.ts'
import { EXIT, Stop } from './stop.ts'
import { switchTo, undo } from './switch.ts'
import { checkRights, installUnits, refresh, restart, showUnits } from './systemd.ts'
import { endTrial, openTrial } from './trial.ts'

export interface Update {
  readonly place: Place
  readonly waitMs: number
  readonly step: (words: string) => void
}

export async function update(given: Update): Promise<number> {
  const { place, step } = given
  step('check: the checkout, and whether systemd can be told')
  await settleLeftovers(given)
  const running = runningRelease(place)
  checkRepository(place, (words) => step(`note: ${words}`))
  checkRights()
  step('fetch: the newest commit of main')
  const newest = fetchNewest(place.checkout)
  const exit =
    newest === commitOf(place.releases, running) ? EXIT.done : await bringOver(given, running, newest)
  if (exit !== EXIT.done) return exit
  step('checkout: forwards to the same commit')
  if (!moveForwards(place, newest))
    step(`note: the checkout stays behind; the appliance runs ${newest.slice(0, 7)} all the same`)
  return finish(given)
}

export async function rollBack(given: Update): Promise<number> {
  const { place, step, waitMs } = given
  step('check: the version before this one')
  await settleLeftovers(given)
  const running = runningRelease(place)
  const previous = linked(place.releases, 'previous')
  if (previous === undefined || previous === running)
    throw new Stop(`there is no other version here than ${running}`)
  checkRights()
  const exit = await switchTo(place, { from: running, to: previous, waitMs, step })
  return exit === EXIT.done ? finish(given) : exit
}

/** Run by systemd once an update has ended: EXIT.done when it left a trial, and the old release is in its place again. */
export async function settle({ place, step }: Update): Promise<number> {
  const trial = openTrial(place.releases)
  if (!trial) return 1
  step(`settle: an update was cut off; back to ${trial.from}`)
  // First what a boot follows; the refresh that may be running takes minutes to wait for.
  point(place.releases, 'current', trial.from)
  const letRefreshesGo = holdRefreshes(place.sqlitePath)
  await undo(place, trial)
  letRefreshesGo()
  endTrial(place.releases)
  return EXIT.done
}

/** What systemd's settle unit would have done, if there is one. */
async function settleLeftovers(given: Update): Promise<void> {
  const { place } = given
  const trial = openTrial(place.releases)
  if (!trial) return
  await settle(given)
  installUnits(place, trial.from)
  restart()
}

function runningRelease({ releases }: Place): string {
  const running = linked(releases, 'current')
  if (running === undefined)
    throw new Stop(`${releases}/current is not there or not whole: run pi/install.sh`)
  return running
}

async function bringOver({ place, step, waitMs }: Update, running: string, newest: string): Promise<number> {
  const { checkout, releases } = place
  const name = nameOf(newest)
  const building = `${folderOf(releases, name)}.building`
  step('space: is there room for a second version?')
  tidy(releases, [running, linked(releases, 'previous')])
  checkSpace(place, running)
  try {
    step(`build: ${name}, beside the running ${running}`)
    mustRun(
      ['bash', join(checkout, 'pi/build-release.sh'), checkout, newest, building],
      'the new version could not be built: see above',
    )
    step('smoke: does it serve copies of the databases?')
    const proof = { commit: newest, needsPrices: showsPrices(await healthOf(place.origin)) }
    const trouble = await smokeTest(place, building, proof, waitMs)
    if (trouble !== undefined) throw new Stop(`the new version does not serve: ${trouble}`)
    step('seal: the new version, whole and on the disk')
    seal(releases, building, name)
    return await switchTo(place, { from: running, to: name, waitMs, step })
  } finally {
    // Of a version that did not make it nothing stays; the next update begins anew.
    const { from, to } = openTrial(releases) ?? {}
    tidy(releases, [running, linked(releases, 'current'), linked(releases, 'previous'), from, to])
  }
}

/** Also after nothing was new: an update that was cut off here is brought to its end by the next one. */
async function finish({ place, step }: Update): Promise<number> {
  const { releases } = place
  const current = runningRelease(place)
  const folder = folderOf(releases, current)
  step('units: those that changed')
  if (installUnits(place, current)) restart()
  // What was installed on wish is brought along; should that fail, it says so and goes on working as it did.
  if (existsSync(join(homedir(), 'bin/home-energy-kiosk.sh')))
    exitOf(['bash', join(folder, 'pi/install-kiosk.sh')])
  if (existsSync(place.system('/etc/systemd/system/home-energy-https.timer')))
    exitOf(['bash', join(folder, 'pi/https.sh')])
  step('refresh: begun')
  refresh()
  const keep = [current, linked(releases, 'previous')]
  tidy(releases, keep)
  tidyCopies(place.sqlitePath, keep)
  showUnits()
  exitOf([nodeOf(folder), 'backend/home-energy.mjs', 'status'], { cwd: folder })
  const commit = (await healthOf(place.origin))?.commit
  step(`done: ${current} is in its place${commit === undefined ? ', and the dashboard is stopped' : ''}`)
  return EXIT.done
}
