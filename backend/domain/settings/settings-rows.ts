// What the household has set, a line for each part of it, in words.
import { localDate } from '../calendar.ts'
import { ordinal } from '../date-words.ts'
import type { Household } from '../household.ts'
import { chargesOn, type FixedCharges } from '../money/charges.ts'
import type { DemandCharge } from '../money/demand.ts'
import { NO_BREAK, timeOfDay, unbroken } from '../time-words.ts'
import { counted, dollars, money } from '../words.ts'
import type { Settings } from './settings.ts'

export const SETTINGS_PARTS = ['home', 'charges', 'demand', 'appliances', 'levels', 'forecast'] as const
export type SettingsPart = (typeof SETTINGS_PARTS)[number]

export interface SettingsRow {
  readonly part: SettingsPart
  readonly caption: string
  readonly text: string
  readonly note: string
}

export interface SettingsMoment {
  readonly household: Household | undefined
  readonly nowMs: number
  readonly timeZone: string
}

export function settingsRows(settings: Settings, moment: SettingsMoment): SettingsRow[] {
  const charges = chargesOn(settings.charges, localDate(moment.nowMs, moment.timeZone))
  return [
    { part: 'home', caption: 'Home', ...homeText(moment) },
    { part: 'charges', caption: 'Bill', ...billText(settings, charges) },
    { part: 'demand', caption: 'Demand charge', ...demandText(charges?.demand) },
    { part: 'appliances', caption: 'Appliances', ...appliancesText(settings) },
    { part: 'levels', caption: 'Cheap and dear', ...levelsText(settings) },
    { part: 'forecast', caption: 'Forecast', ...forecastText(settings) },
  ]
}

type Text = Pick<SettingsRow, 'text' | 'note'>

/** "Sydney time" */
export const zoneText = (timeZone: string): string =>
  `${timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' ')} time`

const homeText = ({ household, timeZone }: SettingsMoment): Text => ({
  text: household?.network ?? 'No site yet',
  note: zoneText(timeZone),
})

const billText = ({ billingDay }: Settings, charges: FixedCharges | undefined): Text => ({
  text: `From the ${ordinal(billingDay)}`,
  note: charges
    ? [`supply ${unbroken(`${supplyText(charges.supplyCentsPerDay)} a day`)}`, ...feeText(charges)].join(', ')
    : 'supply not entered',
})

const feeText = ({ fee }: FixedCharges): string[] =>
  fee ? [unbroken(`${dollars(fee.cents)} a ${fee.per}`)] : []

/** From $1 in dollars, with all that was entered: "$1.188", "$1.20". */
const supplyText = (cents: number): string =>
  cents < 100 ? rateText(cents) : `$${(cents / 100).toFixed(5).replace(/0{1,3}$/, '')}`

/** Rates are printed on a bill to a thousandth of a cent: what was entered, without noughts at its end. */
export const rateText = (cents: number): string => `${Number(cents.toFixed(3))}c`

function demandText(demand: readonly DemandCharge[] = []): Text {
  const [first] = demand
  if (!first) return { text: 'None entered', note: '' }
  const time = first.times?.[0]
  return {
    text: unbroken(`${rateText(first.centsPerKw)} per kW a ${first.per}`),
    note: time
      ? `${timeOfDay(time.fromMinute)} to ${timeOfDay(time.toMinute % 1440)}`
      : 'when Amber says that it counts',
  }
}

function appliancesText({ appliances }: Settings): Text {
  const names = appliances.slice(0, 2).map(({ name }) => name)
  return {
    text: appliances.length === 0 ? 'None' : String(appliances.length),
    note: names.length === 0 ? '' : `${names.join(' and ')} in the kitchen`,
  }
}

const levelsText = ({ thresholds, colours }: Settings): Text => ({
  text: thresholds ? `Dear from ${money(thresholds[3])}` : 'In Amber\u2019s words',
  note: colours === 'amber' ? 'Amber\u2019s colours' : 'colours for all eyes',
})

const forecastText = ({ forecast, calibratedBand }: Settings): Text => ({
  text: forecast === 'amber' ? 'Amber\u2019s own' : 'AEMO\u2019s',
  note: calibratedBand ? `as${NO_BREAK}sure as it has been here` : 'as sure as Amber says',
})

/** "2 h", "1 h 30 min", "45 minutes" */
export function durationText(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return counted(rest, 'minute')
  return `${hours}${NO_BREAK}h${rest === 0 ? '' : ` ${rest}${NO_BREAK}min`}`
}
