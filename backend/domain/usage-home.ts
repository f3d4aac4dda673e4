// What the screens of usage and money look at: the meter by local day, and today.
import { type LocalDate, localDate } from './calendar.ts'
import type { HomeFacts } from './home-facts.ts'
import { type MeterHistory, meterHistory } from './meter-history.ts'
import { type NowViewOptions, type Situation, situation } from './situation.ts'

export interface UsageHome {
  readonly now: Situation
  readonly history: MeterHistory
  /** By the clock of the home. */
  readonly today: LocalDate
}

export function usageHome(facts: HomeFacts, nowMs: number, options: NowViewOptions = {}): UsageHome {
  const now = situation(facts, nowMs, options)
  const { intervalMinutes = 30, channels } = facts.household ?? {}
  const home = { timeZone: now.timeZone, intervalMinutes }
  return {
    now,
    history: meterHistory(facts.usage, channels ? { ...home, channels } : home),
    today: localDate(now.nowMs, now.timeZone),
  }
}
