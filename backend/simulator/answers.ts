// What Amber would answer at a given time: a pure function of seed, sites, time and faults.
import { datesBetween, type NemDate, nemDate } from '#domain/calendar.ts'
import { type Interval, MINUTE_MS } from '#domain/interval.ts'
import type { Faults } from './faults.ts'
import { createHousehold } from './household.ts'
import { type PriceQuestion, pricesAroundNow, pricesOfDates, settledRows } from './prices.ts'
import { createQuotes, type Quotes } from './quotes.ts'
import { Refusal } from './refusal.ts'
import { renewablesAroundNow } from './renewables.ts'
import type { PriceRow, RenewableRow, UsageRow } from './rows.ts'
import { minutesOn, type SimulatedSite, type SiteRow, siteRow } from './sites.ts'
import { type Minutes, slotsOfDay } from './slots.ts'
import { STATE_NAMES, type StateName } from './states.ts'
import { billedUsage, type Meter, usageOfDates } from './usage.ts'

export interface Around {
  readonly previous: number
  readonly next: number
}

export interface Answers {
  sites(nowMs: number): SiteRow[]
  prices(nowMs: number, siteId: string, dates: readonly [NemDate, NemDate], resolution?: Minutes): PriceRow[]
  current(nowMs: number, siteId: string, around: Around, resolution?: Minutes): PriceRow[]
  usage(nowMs: number, siteId: string, dates: readonly [NemDate, NemDate]): UsageRow[]
  renewables(nowMs: number, state: string, around: Around, resolution?: Minutes): RenewableRow[]
  readonly truth: Truth
}

/** What will have been, whatever the clock says and whatever faults are on. Of intervals that start in the span. */
export interface Truth {
  prices(siteId: string, span: Interval): PriceRow[]
  usage(siteId: string, span: Interval): UsageRow[]
}

export function createAnswers(seed: number, initialSites: readonly SimulatedSite[], faults: Faults): Answers {
  const quotesOf = remembered((state: StateName) => createQuotes(seed, state))
  const sites = () => sitesWith(faults.sites ?? initialSites, faults)
  const site = (siteId: string): SimulatedSite => {
    const found = sites().find(({ id }) => id === siteId)
    if (!found) throw new Refusal(404, { message: 'Site not found' })
    return found
  }
  const question = (nowMs: number, siteId: string, resolution?: Minutes): PriceQuestion => {
    const asked = site(siteId)
    const quotes = quotesOf(asked.state)
    return {
      site: asked,
      quotes,
      nowMs,
      faults,
      resolution: faults.resolutionIgnored ? undefined : resolution,
    }
  }
  const meter = (siteId: string): Meter => {
    const read = site(siteId)
    return { site: read, quotes: quotesOf(read.state), household: createHousehold(seed, read), seed }
  }
  return {
    sites: (nowMs) => sites().map((each) => siteRow(each, nowMs)),
    prices: (nowMs, siteId, dates, resolution) =>
      served(question(nowMs, siteId, resolution), (asked) => pricesOfDates(asked, ...dates)),
    current: (nowMs, siteId, around, resolution) =>
      served(question(nowMs, siteId, resolution), (asked) => pricesAroundNow(asked, around)),
    usage: (nowMs, siteId, dates) => usageOfDates(meter(siteId), ...dates, nowMs, faults),
    renewables: (nowMs, state, around, resolution = 30) =>
      renewablesAroundNow(quotesOf(stateNamed(state)), nowMs, { ...around, minutes: resolution }),
    truth: createTruth(site, meter, quotesOf),
  }
}

function createTruth(
  site: (siteId: string) => SimulatedSite,
  meter: (siteId: string) => Meter,
  quotesOf: (state: StateName) => Quotes,
): Truth {
  const startsIn = ({ startMs, endMs }: Interval, ms: number) => startMs <= ms && ms < endMs
  return {
    prices(siteId, span) {
      const asked = site(siteId)
      const slots = datesBetween(...datesOf(span)).flatMap((date) => slotsOfDay(date, minutesOn(asked, date)))
      return settledRows(
        asked,
        quotesOf(asked.state),
        slots.filter(({ startMs }) => startsIn(span, startMs)),
      )
    },
    usage: (siteId, span) =>
      billedUsage(meter(siteId), ...datesOf(span)).filter(({ endTime, duration }) =>
        startsIn(span, Date.parse(endTime) - duration * MINUTE_MS),
      ),
  }
}

const datesOf = ({ startMs, endMs }: Interval): [NemDate, NemDate] => [nemDate(startMs), nemDate(endMs - 1)]

/** Nothing is known yet of a site that is only pending. */
const served = (asked: PriceQuestion, rows: (asked: PriceQuestion) => PriceRow[]): PriceRow[] =>
  asked.site.status === 'pending' ? [] : rows(asked)

function sitesWith(
  sites: readonly SimulatedSite[],
  { extraChannel, sitesSwapped }: Faults,
): readonly SimulatedSite[] {
  const all = extraChannel
    ? sites.map((site) => ({ ...site, channels: [...site.channels, extraChannel] }))
    : sites
  return sitesSwapped ? all.toReversed() : all
}

function stateNamed(name: string): StateName {
  const state = STATE_NAMES.find((known) => known === name.toLowerCase())
  if (!state) throw new Refusal(404, { message: 'State not found' })
  return state
}

function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}
