// kill -9 of a real sync at random moments: between two calls, within a transaction, while the second copy is written. After
// each, the database is sound, has lost nothing that it held, and holds nothing that Amber did not tell.
import { existsSync } from 'node:fs'
import { setTimeout as realTime } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { addDays, datesBetween, type NemDate, nemDate } from '#domain/calendar.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import { createAnswers } from '../../../backend/simulator/answers.ts'
import type { Faults } from '../../../backend/simulator/faults.ts'
import { createSimulator, type Simulator } from '../../../backend/simulator/server.ts'
import { type SimulatedSite, VICTORIAN_SITE } from '../../../backend/simulator/sites.ts'
import { keptPathOf } from '../../../backend/store/kept-copy.ts'
import { differences, type Told, toldIn, untruths, vanished } from '../compare.ts'
import { createDice, type Dice } from '../dice.ts'
import { type Facts, storedFacts, usageFacts } from '../facts.ts'
import { createFolder } from '../folder.ts'
import { SOLAR_SITE } from '../home.ts'
import { inLanes } from '../lanes.ts'
import type { Row } from '../report.ts'
import { everything, expected } from '../truth.ts'
import { startSync } from './sync-process.ts'

const KILLS_A_HOME = 20
/** A minute into the interval most prices have settled: a sync has nothing to wait for. */
const START_MS = Date.parse('2026-03-10T09:01:00+10:00')

export async function runKills(seed: number, kills = 200): Promise<Row[]> {
  const homes = Array.from({ length: Math.ceil(kills / KILLS_A_HOME) }, (_, index) => index)
  return [summed(await inLanes(homes, (index) => killInHome(seed, index, Math.min(kills, KILLS_A_HOME))))]
}

const summed = (rows: readonly Row[]): Row => ({
  part: 'kills',
  name: 'kill -9 of sync, at random moments',
  rounds: rows.reduce((sum, { rounds }) => sum + rounds, 0),
  faults: rows.reduce((sum, { faults }) => sum + faults, 0),
  losses: rows.flatMap(({ losses }) => losses),
})

async function killInHome(seed: number, index: number, kills: number): Promise<Row> {
  const dice = createDice(seed, `kills ${index}`)
  const isFine = index % 4 === 0
  const activeFrom = addDays(nemDate(START_MS), isFine ? -24 : -120)
  const site = { ...(isFine ? SOLAR_SITE : VICTORIAN_SITE), activeFrom }
  const home = await openKilledHome(seed, site)
  const losses: string[] = []
  let rounds = 0
  let killed = 0
  let before: Facts = new Map()
  try {
    while (killed < kills && rounds < 4 * kills) {
      const wasKilled = await killAtRandom(home, dice)
      rounds += 1
      killed += wasKilled ? 1 : 0
      home.clock.now += 5 * MINUTE_MS
      if (killed === Math.floor(kills / 2)) correct(home)
      const after = factsIn(home.path, losses)
      losses.push(...vanished(before, after), ...untruths(after, home.told))
      before = after
    }
    for (let run = 0; run < 6; run++) {
      const { code, said } = await startSync(home).ended
      if (code !== 0) losses.push(`a sync that nobody killed ended with ${code}: ${said}`)
      home.clock.now += 5 * MINUTE_MS
      rounds += 1
    }
    losses.push(...vanished(before, factsIn(home.path, losses)), ...checkWhole(home, site))
  } finally {
    await home.close()
  }
  return { part: 'kills', name: `home ${index}`, rounds, faults: killed, losses: [...new Set(losses)] }
}

interface KilledHome {
  readonly clock: { now: number }
  readonly faults: Faults
  readonly simulator: Simulator
  readonly url: string
  readonly path: string
  readonly told: Told
  close(): Promise<void>
}

async function openKilledHome(seed: number, site: SimulatedSite): Promise<KilledHome> {
  const clock = { now: START_MS }
  const faults: Faults = { usageStages: ESTIMATED }
  const simulator = createSimulator({ clock: () => clock.now, seed, sites: [site], faults })
  const { url, close } = await simulator.listen()
  const folder = createFolder()
  return {
    clock,
    faults,
    simulator,
    url,
    path: `${folder.path}/cache.sqlite`,
    told: toldIn(
      everything({ sites: [site], truth: simulator.truth, nowMs: START_MS + 3 * DAY_MS }),
      new Map(usageFacts(site.id, estimates(seed, site))),
    ),
    close: async () => {
      await close()
      folder.remove()
    },
  }
}

/** What is asked for again the next day as well, when it is a day older, so that its correction is seen then. */
const LATELY = [-13, -1].map((days) => addDays(nemDate(START_MS), days)) as [NemDate, NemDate]
const ESTIMATED: Faults['usageStages'] = {
  '*': 'billable',
  ...Object.fromEntries(datesBetween(...LATELY).map((date) => [date, 'estimated'])),
}

const estimates = (seed: number, site: SimulatedSite) =>
  createAnswers(seed, [site], { usageStages: ESTIMATED }).usage(START_MS, site.id, LATELY)

/** The next day, all of it: also a correction may be cut off. */
function correct({ clock, faults }: KilledHome): void {
  if (faults.usageStages !== ESTIMATED) return
  faults.usageStages = { '*': 'billable' }
  clock.now += 25 * HOUR_MS
}
/** Some milliseconds after its n-th call or, for a start, after it was begun. Says whether it was still there to be killed. */
async function killAtRandom(home: KilledHome, dice: Dice): Promise<boolean> {
  const calls = dice.pick([0, 0, 1, 1, 1, 1, 2, 2, 3, 4, 6, 9, 13])
  const laterMs = dice.between(0, calls === 0 ? 700 : 120)
  const before = home.simulator.requests.length
  const { child, ended } = startSync(home)
  let isOver = false
  void ended.then(() => {
    isOver = true
  })
  while (!isOver && home.simulator.requests.length < before + calls) await realTime(1)
  await realTime(laterMs)
  child.kill('SIGKILL')
  return (await ended).code === null
}

function factsIn(path: string, losses: string[]): Facts {
  if (!existsSync(path)) return new Map()
  const db = new Database(path, { readonly: true })
  try {
    const verdict = db.pragma('quick_check', { simple: true })
    if (verdict !== 'ok') losses.push(`the database is not sound: ${verdict}`)
    return storedFacts(db)
  } finally {
    db.close()
  }
}

function checkWhole({ path, simulator, clock }: KilledHome, site: SimulatedSite): string[] {
  const nowMs = clock.now - 5 * MINUTE_MS
  const losses: string[] = []
  const truth = expected({
    sites: [site],
    truth: simulator.truth,
    nowMs,
    begunMs: START_MS,
    wholeByMs: nowMs,
  })
  losses.push(...differences(factsIn(path, losses), truth))
  const kept = factsIn(keptPathOf(path), losses)
  losses.push(
    ...differences(usageOf(kept), { required: usageOf(truth.required), allowed: usageOf(truth.allowed) }).map(
      (sentence) => `in the second copy: ${sentence}`,
    ),
  )
  return losses
}

const usageOf = (facts: Facts): Facts => new Map([...facts].filter(([key]) => key.startsWith('usage')))
