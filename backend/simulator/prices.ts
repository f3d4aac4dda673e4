// Which price rows an answer holds: of NEM dates, or around now.
import { addDays, datesBetween, type NemDate, nemDate } from '#domain/calendar.ts'
import { MINUTE_MS } from '#domain/interval.ts'
import type { Faults } from './faults.ts'
import { uniformAt } from './hash.ts'
import type { Quote, Quotes } from './quotes.ts'
import { type PriceRow, priceRow, timeFields } from './rows.ts'
import { minutesOn, type SimulatedSite } from './sites.ts'
import { endMsOf, forecastSlots, type Minutes, type Slot, slotAt, slotsOfDay } from './slots.ts'
import { STATES } from './states.ts'
import { CHANNEL_TYPES, chargeAt } from './tariff.ts'

export interface PriceQuestion {
  readonly site: SimulatedSite
  readonly quotes: Quotes
  readonly nowMs: number
  readonly faults: Faults
  /** Undefined: the site's billing interval, day by day. */
  readonly resolution: Minutes | undefined
}

/** All rows of the NEM dates, past and to come, as far as the forecast reaches. */
export function pricesOfDates(question: PriceQuestion, first: NemDate, last: NemDate): PriceRow[] {
  const { site, quotes, nowMs, faults } = question
  const current = currentSlot(question)
  const dates = datesBetween(laterOf(first, site.activeFrom), earlierOf(last, nemDate(current.startMs)))
  const past = dates
    .flatMap((date) => slotsOfDay(date, minutesOf(question, date)))
    .filter((slot) => endMsOf(slot) <= current.startMs && !isMissing(slot, faults))
  const inDates = ({ startMs }: Slot) => first <= nemDate(startMs) && nemDate(startMs) <= last
  const running = inDates(current) ? [currentQuote(question, current)] : []
  const future = faults.missingForecasts ? [] : forecastSlots(current).filter(inDates)
  return rowsOf(site, [
    ...past.map(quotes.actual),
    ...running,
    ...future.map((slot) => quotes.forecast(slot, nowMs)),
  ])
}

/** The running interval, `previous` settled ones before it and up to `next` forecasts after it, of each channel. */
export function pricesAroundNow(question: PriceQuestion, { previous = 0, next = 0 }): PriceRow[] {
  const { site, quotes, nowMs, faults } = question
  const current = currentSlot(question)
  const future = faults.missingForecasts ? [] : forecastSlots(current).slice(0, next)
  const past = faults.missingPrevious ? [] : slotsBefore(question, current, previous)
  return rowsOf(site, [
    ...past.map(quotes.actual),
    currentQuote(question, current),
    ...future.map((slot) => quotes.forecast(slot, nowMs)),
  ])
}

/** Settled rows of whatever time, as they will stand for good. */
export const settledRows = (site: SimulatedSite, quotes: Quotes, slots: readonly Slot[]): PriceRow[] =>
  rowsOf(site, slots.map(quotes.actual))

/** All of general, then controlledLoad, then feedIn: one row a type, however many registers it has. */
function rowsOf({ channels, networkTariff, state }: SimulatedSite, quotes: readonly Quote[]): PriceRow[] {
  const priced = quotes.map((quote) => ({
    quote,
    charge: chargeAt(networkTariff, quote.slot.startMs, STATES[state].timeZone),
    times: timeFields(quote.slot),
  }))
  const types = CHANNEL_TYPES.filter((type) => channels.some((channel) => channel.type === type))
  return types.flatMap((type) => priced.map((each) => priceRow(type, each, networkTariff)))
}

function currentSlot(question: PriceQuestion): Slot {
  const slot = slotAt(question.nowMs, minutesOf(question, nemDate(question.nowMs)))
  return question.faults.staleCurrent ? slotAt(slot.startMs - 1, slot.minutes) : slot
}

const currentQuote = ({ quotes, nowMs, faults }: PriceQuestion, slot: Slot): Quote =>
  quotes.current(slot, nowMs, { neverSettles: faults.neverSettled })

function slotsBefore(question: PriceQuestion, current: Slot, count: number): Slot[] {
  const { site, faults } = question
  const slots: Slot[] = []
  const today = nemDate(current.startMs)
  for (let date = today; slots.length < count && date >= (site.activeFrom ?? ''); date = addDays(date, -1)) {
    const ofDay = slotsOfDay(date, minutesOf(question, date)).filter(
      (slot) => endMsOf(slot) <= current.startMs,
    )
    slots.unshift(...ofDay.filter((slot) => !isMissing(slot, faults)))
  }
  return count === 0 ? [] : slots.slice(-count)
}

const minutesOf = ({ site, resolution }: PriceQuestion, date: NemDate): Minutes =>
  resolution ?? minutesOn(site, date)

const HALF_HOUR_MS = 30 * MINUTE_MS

const isMissing = ({ startMs }: Slot, { missingActuals = 0 }: Faults): boolean =>
  uniformAt(0, Math.floor(startMs / HALF_HOUR_MS)) < missingActuals

const laterOf = (date: NemDate, other: string | undefined): NemDate =>
  other !== undefined && other > date ? (other as NemDate) : date

const earlierOf = (date: NemDate, other: NemDate): NemDate => (other < date ? other : date)
