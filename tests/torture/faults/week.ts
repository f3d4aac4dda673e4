// A week of five-minute runs in which something is wrong at times, a day in which all is well, and a quiet week. After the
// day, everything that Amber is asked for daily must be as the simulator knows it; after the quiet week, everything.
import { addDays, nemDate, nemDayStartMs } from '#domain/calendar.ts'
import { DAY_MS, HOUR_MS } from '#domain/interval.ts'
import { differences } from '../compare.ts'
import { createDice } from '../dice.ts'
import { type Facts, storedFacts } from '../facts.ts'
import { type Home, mostCallsTogether, openHome } from '../home.ts'
import type { Row } from '../report.ts'
import { expected } from '../truth.ts'
import type { Event, Trial } from './trials.ts'

/** The end of daylight saving, the network's new year, its beginning, and a summer of spikes. */
const STARTS = ['2026-03-29', '2026-06-27', '2026-09-30', '2026-01-12']
export interface Length {
  readonly days: number
  readonly quietMs: number
}
/** A day's questions are asked again within a day, however often they failed. */
const WELL_MS = 27 * HOUR_MS
const RESTART_EVERY_MS = 6 * HOUR_MS
/** What is older than a fortnight is asked again weekly. */
const WEEK: Length = { days: 7, quietMs: 8 * DAY_MS }
/** What is asked again daily, of both prices and usage. */
const ASKED_DAILY_DAYS = 14
const MOST_CALLS = 20

export async function runWeek(trial: Trial, seed: number, { days, quietMs } = WEEK): Promise<Row> {
  const dice = createDice(seed, trial.name)
  const startMs = Date.parse(`${dice.pick(STARTS)}T00:00:25+10:00`) + dice.between(0, 287) * 300_000
  const home = await openHome({ startMs, seed, sites: trial.sites(startMs) })
  const counted = { rounds: 0, faults: 0 }
  const losses: string[] = []
  try {
    const endMs = startMs + days * DAY_MS
    const span = { startMs, endMs: endMs - WELL_MS }
    const events = [...trial.events(dice, span)].sort((a, b) => a.atMs - b.atMs)
    await live(home, span.endMs, 0, events, counted)
    for (const { happens } of events.splice(0)) happens(home)
    home.faults.usageStages = { '*': 'billable' }
    await live(home, endMs, 0, [], counted)
    losses.push(...check(home, startMs, nemDayStartMs(addDays(nemDate(home.clock.now), -ASKED_DAILY_DAYS))))
    await live(home, endMs + quietMs, HOUR_MS, [], counted)
    losses.push(...check(home, startMs, 0))
    const most = mostCallsTogether(home.calls)
    if (most > MOST_CALLS) losses.push(`${most} calls within five minutes`)
  } catch (error) {
    losses.push(`a run crashed: ${(error as Error).stack}`)
  } finally {
    await home.close()
  }
  return { part: 'faults', name: trial.name, ...counted, losses: [...new Set(losses)] }
}

async function live(
  home: Home,
  untilMs: number,
  everyMs: number,
  events: Event[],
  counted: { rounds: number; faults: number },
): Promise<void> {
  let isWrong = false
  let restartMs = home.clock.now + RESTART_EVERY_MS
  for (; home.clock.now < untilMs; home.waitForTurn(everyMs)) {
    while (events[0] && events[0].atMs <= home.clock.now) {
      const event = events.shift() as Event
      event.happens(home)
      isWrong = event.isWrong
    }
    const before = home.simulator.requests.length
    await home.sync()
    counted.rounds += 1
    if (isWrong) counted.faults += home.simulator.requests.length - before
    if (home.clock.now < restartMs) continue
    restartMs += RESTART_EVERY_MS
    home.restart()
  }
}

/** What ended before `sinceMs` is not looked at. */
function check(home: Home, begunMs: number, sinceMs: number): string[] {
  const nowMs = home.clock.now
  const truth = expected({
    sites: home.sites(),
    truth: home.simulator.truth,
    nowMs: lastCallMs(home),
    begunMs,
  })
  const stored = storedFacts(home.db())
  return differences(endingAfter(stored, sinceMs), {
    required: endingAfter(truth.required, sinceMs),
    allowed: endingAfter(truth.allowed, sinceMs),
  }).map((sentence) => `${new Date(nowMs).toISOString()}: ${sentence}`)
}

const lastCallMs = ({ calls, clock }: Home): number => calls.at(-1) ?? clock.now

function endingAfter(facts: Facts, ms: number): Facts {
  const endMsOf = (key: string) => Date.parse(/\d{4}-\d\d-\d\dT\S+/.exec(key)?.[0] ?? '9999-01-01')
  return ms === 0 ? facts : new Map([...facts].filter(([key]) => endMsOf(key) > ms))
}
