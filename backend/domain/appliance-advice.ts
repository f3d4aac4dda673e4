// Wait or run, by all that a screen knows: the same answer in the kitchen and on a phone.
import { type Advice, type Appliance, advise, readyByMs } from './advice.ts'
import { MINUTE_MS } from './interval.ts'
import { meterHistory } from './meter-history.ts'
import { meterHome } from './meter-registers.ts'
import { type SurplusKw, usualSurplus } from './own-solar.ts'
import type { Situation } from './situation.ts'

/** Ready by the appliance's own time, else the household's. */
export const applianceAdvice = (now: Situation, appliance: Appliance): Advice =>
  adviceBy(now, appliance, deadlineMs(now, appliance))

export const adviceBy = (now: Situation, appliance: Appliance, byMs: number): Advice =>
  advise([...now.general, ...now.feedIn], appliance, {
    nowMs: now.nowMs,
    deadlineMs: byMs,
    surplusKw: surplus(now),
  })

export function deadlineMs({ nowMs, options, timeZone }: Situation, appliance: Appliance): number {
  const minute = appliance.readyByMinute ?? options.readyByMinute
  return readyByMs(nowMs, appliance.durationMinutes * MINUTE_MS, minute, timeZone)
}

/** Undefined without panels, and while it is not known what they usually have to spare. */
function surplus({ facts, nowMs, timeZone }: Situation): SurplusKw | undefined {
  if (!facts.household?.channels.includes('feedIn')) return undefined
  return usualSurplus(meterHistory(facts.usage, meterHome(facts.household, timeZone)), nowMs)
}
