// A household with everything that makes a page wide: dollars for a kWh, prices below zero, days that are missing, in part
// and estimated, long names. Wednesday 30 September is the last day that is known.

import { localTimeMs } from '#domain/calendar.ts'
import type { HomeFacts } from '#domain/home-facts.ts'
import { HOUR_MS } from '#domain/interval.ts'
import type { RevisedDay } from '#domain/revised-days.ts'
import { PLAN_PRESETS } from '#domain/settings/plan-presets.ts'
import { DEFAULT_SETTINGS, type Settings } from '#domain/settings/settings.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { date, SYDNEY, usageFrom } from '../../domain/money/sample-usage.ts'

const FIRST = '2026-07-06'
const LAST = '2026-09-30'

export const HOUSEHOLD_NOW_MS = localTimeMs(date('2026-10-01'), 0, SYDNEY) + 10 * HOUR_MS

/** Enough for 1,234.5 kWh a month. */
const GENERAL = usageFrom(FIRST, LAST, {
  kwh: (hour) => (hour >= 17 && hour < 21 ? 1.8 : 0.6),
  cents: (hour) => (hour >= 17 && hour < 21 ? 61 : hour === 12 ? -110 : 27),
})
const CONTROLLED = usageFrom(FIRST, LAST, {
  kwh: (hour) => (hour < 2 ? 0.6 : 0),
  cents: () => 17,
  more: { channel: 'controlledLoad', identifier: 'E2' },
})
const SOLD = usageFrom(FIRST, LAST, {
  kwh: (hour) => (hour >= 10 && hour < 15 ? 1.2 : 0),
  cents: (hour) => (hour === 12 ? 3 : -8),
  more: { channel: 'feedIn', identifier: 'B1' },
})

const localMs = (day: string, hour: number) => localTimeMs(date(day), hour * 60, SYDNEY)

/** One half hour at $19.99. */
const spiked = (row: UsageInterval): UsageInterval =>
  row.startMs === localMs('2026-09-16', 18) && row.channel === 'general'
    ? { ...row, centsPerKwh: 1999, costCents: row.kwh * 1999 }
    : row

const settled = (row: UsageInterval): UsageInterval =>
  row.startMs >= localMs('2026-09-29', 0) ? { ...row, quality: 'estimated' } : row

const isKept = ({ startMs }: UsageInterval): boolean =>
  !(startMs >= localMs('2026-09-11', 0) && startMs < localMs('2026-09-12', 0)) &&
  !(startMs >= localMs('2026-09-23', 9) && startMs < localMs('2026-09-23', 16))

export const HOUSEHOLD_USAGE = [...GENERAL, ...CONTROLLED, ...SOLD].filter(isKept).map(spiked).map(settled)

export const householdFacts = (usage: readonly UsageInterval[] = HOUSEHOLD_USAGE): HomeFacts => ({
  household: {
    siteId: 'SITE',
    network: 'Ausgrid',
    timeZone: SYDNEY,
    intervalMinutes: 30,
    channels: ['general', 'controlledLoad', 'feedIn'],
    demo: true,
  },
  prices: [],
  usage,
  pi: { answeredAtMs: HOUSEHOLD_NOW_MS },
  amber: { answeredAtMs: HOUSEHOLD_NOW_MS, outcome: 'ok' },
})

export const HOUSEHOLD_SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  charges: [{ includesGst: true, supplyCentsPerDay: 118.8, fee: { cents: 2500, per: 'month' } }],
  plans: [
    { ...PLAN_PRESETS.flat, name: 'Everyday Saver Residential Anytime 34' },
    PLAN_PRESETS.timeOfUse,
    { ...PLAN_PRESETS.block, controlledLoad: { kind: 'flat', centsPerKwh: 19.99 } },
    { ...PLAN_PRESETS.demand, controlledLoad: { kind: 'flat', centsPerKwh: 19.99 } },
  ],
  bills: [
    { fromDate: date('2026-08-01'), toDate: date('2026-08-31'), totalCents: 123_450 },
    { fromDate: date('2026-06-15'), toDate: date('2026-07-14'), totalCents: -110 },
  ],
}

export const HOUSEHOLD_REVISED: readonly RevisedDay[] = [
  {
    localDate: date('2026-09-29'),
    channel: 'controlledLoad',
    day: 'Tue 29 Sep',
    text: 'Controlled load: 1,234.1 kWh became 1,234.5 kWh, $1,219.10 became $1,219.99',
    noticed: 'Wed 30 Sep',
  },
]

/** Whole half hours of a share of the days are gone, differently for each seed. */
export function withHoles(seed: number): UsageInterval[] {
  let state = seed * 2_654_435_761
  const chance = () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e37_79b9) | 0
    return (state >>> 0) / 2 ** 32
  }
  const shares = Array.from({ length: 400 }, () => [0, 0, 0.02, 0.5, 1][Math.floor(chance() * 5)]!)
  return HOUSEHOLD_USAGE.filter(
    ({ startMs }) => chance() >= shares[Math.floor((startMs + 10 * HOUR_MS) / (24 * HOUR_MS)) % 400]!,
  )
}
