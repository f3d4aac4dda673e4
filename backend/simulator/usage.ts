// Usage rows: all registers of a channel type, whole NEM days, as they stand at a given time.
import { addDays, datesBetween, type NemDate, nemDate, nemDayStartMs } from '#domain/calendar.ts'
import { rounded } from './curve.ts'
import type { Faults } from './faults.ts'
import { keyOf, uniformAt } from './hash.ts'
import type { Household, StepEnergy } from './household.ts'
import { STEP_MS } from './market.ts'
import type { Quotes } from './quotes.ts'
import { type Priced, priceRow, timeFields, type UsageRow } from './rows.ts'
import { minutesOn, type SimulatedChannel, type SimulatedSite } from './sites.ts'
import { type Slot, slotsOfDay } from './slots.ts'
import { STATES } from './states.ts'
import { CHANNEL_TYPES, chargeAt, withWrongPeriod } from './tariff.ts'
import { stageAt, type UsageStage } from './usage-record.ts'

export interface Meter {
  readonly site: SimulatedSite
  readonly quotes: Quotes
  readonly household: Household
  readonly seed: number
}

const KEPT_DAYS = 90

export function usageOfDates(
  meter: Meter,
  first: NemDate,
  last: NemDate,
  nowMs: number,
  faults: Faults,
): UsageRow[] {
  const oldest = addDays(nemDate(nowMs), -KEPT_DAYS)
  const dates = datesBetween(first, last).filter((date) => date >= oldest && isServed(meter.site, date))
  return usageRows(
    meter,
    dates.map((date) => ({ date, stage: stageOf(meter, date, nowMs, faults) })),
    faults,
  )
}

/** As it will stand on the bill for good. */
export const billedUsage = (meter: Meter, first: NemDate, last: NemDate): UsageRow[] =>
  usageRows(
    meter,
    datesBetween(first, last)
      .filter((date) => isServed(meter.site, date))
      .map((date) => ({ date, stage: 'billable' })),
    {},
  )

interface StagedDay {
  readonly date: NemDate
  readonly stage: UsageStage
}

function stageOf({ seed, site }: Meter, date: NemDate, nowMs: number, { usageStages }: Faults): UsageStage {
  if (nowMs < nemDayStartMs(addDays(date, 1))) return 'late'
  const forced = usageStages?.[date] ?? usageStages?.['*']
  return forced ?? stageAt(keyOf(seed, site.nmi, 'arrival'), date, nowMs)
}

const isServed = (
  { status, activeFrom = '', closedOn = '9999-12-31' }: SimulatedSite,
  date: NemDate,
): boolean => status !== 'pending' && date >= activeFrom && date <= closedOn

const ENERGY = { general: 'generalKwh', controlledLoad: 'controlledLoadKwh', feedIn: 'feedInKwh' } as const

function usageRows(meter: Meter, days: readonly StagedDay[], faults: Faults): UsageRow[] {
  const measured = days
    .filter(({ stage }) => stage !== 'late')
    .flatMap(({ date, stage }) => slotsOfDay(date, minutesOn(meter.site, date)).map(measureIn(meter, stage)))
  return CHANNEL_TYPES.flatMap((type) =>
    meter.site.channels.filter((channel) => channel.type === type),
  ).flatMap((channel) => measured.map((interval) => usageRow(meter, channel, interval, faults)))
}

interface Measured extends Priced {
  readonly energy: StepEnergy
  /** Of the day. */
  readonly index: number
  readonly stage: UsageStage
}

const measureIn =
  ({ site, quotes, household }: Meter, stage: UsageStage) =>
  (slot: Slot, index: number): Measured => {
    const charge = chargeAt(site.networkTariff, slot.startMs, STATES[site.state].timeZone)
    const isWrong = stage === 'mispriced' && isAfternoon(charge.clock.hour)
    return {
      quote: quotes.actual(slot),
      charge: isWrong ? withWrongPeriod(charge) : charge,
      times: timeFields(slot),
      energy: energyOf(household, slot),
      index,
      stage,
    }
  }

function energyOf(household: Household, slot: Slot): StepEnergy {
  const steps = Array.from({ length: slot.minutes / 5 }, (_, step) =>
    household(slot.startMs + step * STEP_MS),
  )
  const total = (name: keyof StepEnergy) => steps.reduce((sum, step) => sum + step[name], 0)
  return {
    generalKwh: total('generalKwh'),
    controlledLoadKwh: total('controlledLoadKwh'),
    feedInKwh: total('feedInKwh'),
  }
}

function usageRow(
  { site, seed }: Meter,
  channel: SimulatedChannel,
  measured: Measured,
  faults: Faults,
): UsageRow {
  const priced = priceRow(channel.type, measured, site.networkTariff)
  const registers = site.channels.filter(({ type }) => type === channel.type).length
  const guess = isEstimated(measured) ? guessed(seed, measured) : 1
  const kwh = rounded((measured.energy[ENERGY[channel.type]] * guess) / registers, 3)
  return {
    ...priced,
    type: 'Usage',
    channelIdentifier: channel.identifier,
    kwh: faults.negativeExportKwh && channel.type === 'feedIn' ? 0 - kwh : kwh,
    quality: isEstimated(measured) ? 'estimated' : 'billable',
    cost: rounded(kwh * priced.perKwh, 4),
  }
}

/** As seen: a twelfth of the rows at first, then all but the first four. */
function isEstimated({ stage, index }: Measured): boolean {
  if (stage === 'partlyEstimated') return index % 12 === 5
  return stage === 'estimated' && index >= 4
}

/** Half to one and a half of what the meter will tell. */
const guessed = (seed: number, { quote, stage }: Measured): number =>
  0.5 + uniformAt(keyOf(seed, stage), quote.slot.startMs / STEP_MS)

const isAfternoon = (hour: number): boolean => hour >= 13 && hour < 18
