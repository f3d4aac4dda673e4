// The machine was off for so long that Amber has dropped usage which nobody saw: that cannot be known, and must not be
// invented. What was seen before stays, and prices, which Amber keeps, come back without a hole.
import { addDays, nemDate } from '#domain/calendar.ts'
import { DAY_MS, HOUR_MS } from '#domain/interval.ts'
import { VICTORIAN_SITE } from '../../../backend/simulator/sites.ts'
import { differences } from '../compare.ts'
import { storedFacts } from '../facts.ts'
import { openHome } from '../home.ts'
import type { Row } from '../report.ts'
import { expected } from '../truth.ts'

const START_MS = Date.parse('2026-03-10T09:00:25+10:00')
const AWAY_DAYS = 130
const HISTORY_DAYS = 250
const AMBER_KEEPS_DAYS = 90
export const AWAY = `this machine off for ${AWAY_DAYS} days`

export async function runAway(seed: number): Promise<Row> {
  const activeFrom = addDays(nemDate(START_MS), -HISTORY_DAYS)
  const faults = { usageStages: { '*': 'billable' as const } }
  const home = await openHome({ startMs: START_MS, seed, sites: [{ ...VICTORIAN_SITE, activeFrom }], faults })
  const losses: string[] = []
  let rounds = 0
  const live = async (untilMs: number) => {
    for (; home.clock.now < untilMs; home.waitForTurn(rounds % 12 < 9 ? 0 : HOUR_MS)) {
      await home.sync()
      rounds += 1
    }
  }
  try {
    await live(START_MS + 12 * HOUR_MS)
    const lastSeen = addDays(nemDate(home.clock.now), -1)
    home.clock.now += AWAY_DAYS * DAY_MS
    home.restart()
    const unseen = {
      first: addDays(lastSeen, 1),
      last: addDays(nemDate(home.clock.now), -AMBER_KEEPS_DAYS - 1),
    }
    await live(home.clock.now + 12 * HOUR_MS)
    const truth = expected({
      sites: home.sites(),
      truth: home.simulator.truth,
      nowMs: home.calls.at(-1) ?? home.clock.now,
      begunMs: START_MS,
      unseen,
    })
    losses.push(...differences(storedFacts(home.db()), truth))
  } catch (error) {
    losses.push(`a run crashed: ${(error as Error).stack}`)
  } finally {
    await home.close()
  }
  return { part: 'faults', name: AWAY, rounds, faults: 1, losses }
}
