// A household that has been with Amber for some weeks: what a screen shows to those who use it, and not to those who try it.
import { join } from 'node:path'
import { type LocalDate, localDate } from '#domain/calendar.ts'
import { DAY_MS, HOUR_MS } from '#domain/interval.ts'
import { PLAN_PRESETS } from '#domain/settings/plan-presets.ts'
import { type SettingsRecord, withWritten } from '#domain/settings/settings-record.ts'
import type { Faults } from '../../backend/simulator/faults.ts'
import type { SimulatedSite } from '../../backend/simulator/sites.ts'
import { openHome } from './home.ts'

const CUSTOMER_FOR_DAYS = 80
/** So long its own syncs have seen forecasts come true and usage being corrected. */
const SEEN_DAYS = 21
/** Not a part of a day: the syncs go through all its hours. */
const SYNC_EVERY_MS = 5 * HOUR_MS

/** What Amber has not delivered, and what it has not settled. */
export const usageFaults = (now: string): Faults => {
  const day = (daysAgo: number) => localDate(Date.parse(now) - daysAgo * DAY_MS, 'Australia/Brisbane')
  return { usageStages: { [day(9)]: 'late', [day(2)]: 'partlyEstimated', [day(1)]: 'estimated' } }
}

export const longCustomer = (site: SimulatedSite, now: string): SimulatedSite => ({
  ...site,
  activeFrom: localDate(Date.parse(now) - CUSTOMER_FOR_DAYS * DAY_MS, 'Australia/Brisbane'),
})

/** Writes its database, as the real sync has filled it, into the folder. */
export async function liveIn(
  folder: string,
  name: string,
  site: SimulatedSite,
  now: string,
): Promise<string> {
  const endMs = Date.parse(now)
  const home = await openHome({
    now: new Date(endMs - SEEN_DAYS * DAY_MS).toISOString(),
    site: longCustomer(site, now),
    faults: usageFaults(now),
  })
  while (home.clock.now + SYNC_EVERY_MS < endMs) {
    home.clock.now += SYNC_EVERY_MS
    await home.sync()
  }
  const path = join(folder, `${name}.sqlite`)
  home.db.prepare('VACUUM INTO ?').run(path)
  await home.close()
  return path
}

const EVENING = { fromMinute: 15 * 60, toMinute: 21 * 60, weekdays: [1, 2, 3, 4, 5] }

const TANK = { controlledLoad: { kind: 'flat', centsPerKwh: 19.99 } } as const

export const ENTERED: SettingsRecord = withWritten(
  {},
  {
    billingDay: 17,
    charges: [
      {
        includesGst: true,
        supplyCentsPerDay: 118.8,
        fee: { cents: 2500, per: 'month' },
        demand: [{ centsPerKw: 24.6, per: 'day', times: [EVENING] }],
      },
    ],
    plans: [
      { ...PLAN_PRESETS.flat, name: 'Everyday Saver Residential Anytime', ...TANK },
      { ...PLAN_PRESETS.timeOfUse, ...TANK },
      { ...PLAN_PRESETS.demand, ...TANK },
    ],
    bills: [{ fromDate: '2026-10-17' as LocalDate, toDate: '2026-11-16' as LocalDate, totalCents: 31_420 }],
  },
  'pictures',
)
