// What the household decides, as one value: nothing of it can be asked of Amber. How it is written and merged:
// `settings-record.ts`.
import type { Appliance } from '../advice.ts'
import type { Calibration } from '../forecast/calibration.ts'
import type { ForecastSource } from '../forecast/chosen-forecast.ts'
import type { Thresholds } from '../levels.ts'
import type { DatedCharges } from '../money/charges.ts'
import type { EnergyPlan } from '../money/energy-plan.ts'
import type { PaperBill } from '../money/reconcile.ts'
import { DEFAULT_APPLIANCES, type NowViewOptions } from '../situation.ts'

export interface Settings {
  /** Absent: the one that the Pi takes, the first active. */
  readonly siteId?: string
  /** Absent: that of the site's network. */
  readonly timeZone?: string
  /** Of the month, 1 … 31: the first day of a bill. */
  readonly billingDay: number
  /** Amber's supply, subscription and demand; empty while the household has not entered them. */
  readonly charges: readonly DatedCharges[]
  /** To compare Amber with. */
  readonly plans: readonly EnergyPlan[]
  /** Bills that came, to check our sums against. */
  readonly bills: readonly PaperBill[]
  /** The kitchen shows the first two. */
  readonly appliances: readonly Appliance[]
  /** Local minutes since midnight by which appliances are done, unless they say otherwise. */
  readonly readyByMinute: number
  /** Absent: Amber's own words. */
  readonly thresholds?: Thresholds
  /** safe: told apart with any eyes. amber: as in Amber's app. */
  readonly colours: 'safe' | 'amber'
  readonly forecast: ForecastSource
  /** Draw the band that held at this home, once enough is known, instead of Amber's. */
  readonly calibratedBand: boolean
  /** What the kitchen names in a spike. */
  readonly ovenKw: number
}

export const DEFAULT_SETTINGS: Settings = {
  billingDay: 1,
  charges: [],
  plans: [],
  bills: [],
  appliances: [
    ...DEFAULT_APPLIANCES,
    { name: 'Washer', kwh: 0.9, durationMinutes: 90 },
    { name: 'Dryer', kwh: 2.2, durationMinutes: 90 },
    { name: 'Pool pump', kwh: 4.4, durationMinutes: 240 },
  ],
  readyByMinute: 7 * 60,
  colours: 'safe',
  forecast: 'amber',
  calibratedBand: true,
  ovenKw: 2.4,
}

/** What the screens of now and of the plan go by. */
export const nowOptions = (settings: Settings, calibration?: Calibration): NowViewOptions => ({
  appliances: settings.appliances,
  readyByMinute: settings.readyByMinute,
  ovenKw: settings.ovenKw,
  forecast: settings.forecast,
  charges: settings.charges,
  ...(settings.thresholds && { thresholds: settings.thresholds }),
  ...(calibration && settings.calibratedBand && { calibration }),
})
