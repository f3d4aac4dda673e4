// What each setting may be. In words: `settings-problems.ts`.

import type { Appliance } from '../advice.ts'
import { isTimeZone, type LocalDate, parseLocalDate } from '../calendar.ts'
import { FORECAST_SOURCES } from '../forecast/chosen-forecast.ts'
import type { Thresholds } from '../levels.ts'
import type { DatedCharges, FixedCharges } from '../money/charges.ts'
import type { DemandCharge } from '../money/demand.ts'
import type { EnergyPlan, EnergyRates } from '../money/energy-plan.ts'
import type { PaperBill } from '../money/reconcile.ts'
import type { TimeRule } from '../money/time-rule.ts'
import {
  either,
  flag,
  listOf,
  number,
  object,
  oneOf,
  type Reader,
  such,
  text,
  wholeNumber,
} from './reading.ts'
import type { Settings } from './settings.ts'

export const minuteOfDay = wholeNumber(0, 1439)
const above0 = (value: number): boolean => value > 0
export const kwh = such(number(0, 500), above0)
export const runMinutes = wholeNumber(5, 1440)
export const blockMinutes = wholeNumber(5, 240)
export const name30 = text(30)
/** Below zero pays: a network may pay for what is sold in the evening, and charge for it at noon. */
export const rate = number(-2000, 2000)
export const daily = number(0, 5000)
export const feeCents = number(0, 50_000)
export const centsPerKw = number(0, 10_000)
export const thresholdCents = number(-100, 2000)
export const date: Reader<LocalDate> = (value) =>
  typeof value === 'string' ? parseLocalDate(value) : undefined

const month = wholeNumber(1, 12)
const timeRule: Reader<TimeRule> = object(
  { fromMinute: minuteOfDay, toMinute: wholeNumber(0, 1440) },
  { months: listOf(month, 12, 1), weekdays: listOf(wholeNumber(0, 6), 7, 1) },
)

const demandCharge: Reader<DemandCharge> = object(
  { centsPerKw, per: oneOf('day', 'month') },
  { months: listOf(month, 12, 1), times: listOf(timeRule, 12, 1) },
)

const fixed = {
  required: { includesGst: flag, supplyCentsPerDay: daily },
  optional: {
    fee: object({ cents: feeCents, per: oneOf('day', 'month') }),
    demand: listOf(demandCharge, 6),
  },
} as const satisfies { required: object; optional: { [K in keyof FixedCharges]?: unknown } }

const charges: Reader<DatedCharges> = object(fixed.required, { ...fixed.optional, fromDate: date })

export const name40 = text(40)
const timedRate = object({ name: name40, centsPerKwh: rate, times: listOf(timeRule, 12, 1) })
export const blockKwh = such(number(0, 100_000), above0)
const block = object({ kwh: blockKwh, centsPerKwh: rate })

const rates: Reader<EnergyRates> = either<EnergyRates>(
  object({ kind: oneOf('flat'), centsPerKwh: rate }),
  object({ kind: oneOf('timeOfUse'), rates: listOf(timedRate, 12, 1), restCentsPerKwh: rate }),
  object({
    kind: oneOf('block'),
    per: oneOf('day', 'month', 'quarter'),
    blocks: listOf(block, 6, 1),
    restCentsPerKwh: rate,
  }),
)

const plan: Reader<EnergyPlan> = object(
  { ...fixed.required, id: name40, name: name40, general: rates },
  { ...fixed.optional, controlledLoad: rates, feedIn: rates },
)

export const billCents = number(-1_000_000, 10_000_000)
const bill: Reader<PaperBill> = such(
  object({ fromDate: date, toDate: date, totalCents: billCents }),
  ({ fromDate, toDate }) => fromDate <= toDate,
)

export const stepMinutes = wholeNumber(1, 1440)
export const stepKw = number(0, 50)
const powerStep = object({ minutes: stepMinutes, kw: stepKw })

const appliance: Reader<Appliance> = object(
  { name: name30, kwh, durationMinutes: runMinutes },
  {
    profile: such(listOf(powerStep, 60, 1), (steps) => steps.some(({ kw }) => kw > 0)),
    blockMinutes,
    readyByMinute: minuteOfDay,
    caption: name30,
    runNow: name30,
  },
)

const thresholds: Reader<Thresholds> = (value) => {
  const ascending = such(listOf(thresholdCents, 5, 4), (cents) =>
    cents.every((each, index) => index === 0 || cents[index - 1]! < each),
  )
  return ascending(value) as Thresholds | undefined
}

const named = <T>(all: Reader<readonly T[]>, nameOf: (one: T) => string): Reader<readonly T[]> =>
  such(all, (list) => new Set(list.map(nameOf)).size === list.length)

export const SETTING_READERS = {
  siteId: text(40),
  timeZone: such(text(60), isTimeZone),
  billingDay: wholeNumber(1, 31),
  charges: named(listOf(charges, 60), ({ fromDate = '' }) => fromDate),
  plans: named(listOf(plan, 20), ({ id }) => id),
  bills: named(listOf(bill, 240), ({ fromDate }) => fromDate),
  appliances: named(listOf(appliance, 20), ({ name }) => name),
  readyByMinute: minuteOfDay,
  thresholds,
  colours: oneOf('safe', 'amber'),
  forecast: oneOf(...FORECAST_SOURCES),
  calibratedBand: flag,
  ovenKw: such(number(0, 50), above0),
} as const satisfies { readonly [K in keyof Settings]-?: Reader<NonNullable<Settings[K]>> }

export type SettingName = keyof Settings

export const SETTING_NAMES = Object.keys(SETTING_READERS) as SettingName[]
