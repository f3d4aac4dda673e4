// What the network adds to the spot price: perKwh = loss factor × spot + an adder by channel and time-of-use period.
// Periods follow the clock on the wall; rates change with the network year, on 1 July.
import { type WallClock, wallClock } from '#domain/calendar.ts'
import { rounded } from './curve.ts'

export type Period = 'offPeak' | 'shoulder' | 'solarSponge' | 'peak'
/** In the order of every answer. */
export const CHANNEL_TYPES = ['general', 'controlledLoad', 'feedIn'] as const
export type ChannelType = (typeof CHANNEL_TYPES)[number]

export interface TariffInformation {
  readonly period?: Period
  readonly season?: string
  readonly block?: number
  readonly demandWindow?: boolean
}

export interface Rates {
  /** From 1 July of this year. */
  readonly fromYear: number
  readonly lossFactor: number
  /** Cents per kWh. */
  readonly generalAdders: Partial<Record<Period, number>> & { readonly offPeak: number }
  readonly controlledLoadAdder: number
  /** What exporting costs by the hour of the interval's start; nothing elsewhere. */
  readonly exportAdders: readonly {
    readonly fromHour: number
    readonly untilHour: number
    readonly cents: number
  }[]
  /** Below which a price is called extremelyLow, veryLow, low, neutral. */
  readonly generalSteps: Steps
  readonly controlledLoadSteps: Steps
}

export type Steps = readonly [extremelyLow: number, veryLow: number, low: number, neutral: number]

export interface NetworkTariff {
  /** Ascending. */
  readonly rates: readonly Rates[]
  /** Undefined: one rate round the clock. */
  readonly periodAt?: (clock: WallClock) => Period
  readonly seasonAt?: (clock: WallClock) => string
  readonly demandWindowAt?: (clock: WallClock) => boolean
}

export interface Charge {
  readonly rates: Rates
  readonly clock: WallClock
  readonly period?: Period
}

export function chargeAt(tariff: NetworkTariff, startMs: number, timeZone: string): Charge {
  const clock = wallClock(startMs, timeZone)
  const period = tariff.periodAt?.(clock)
  return { rates: ratesAt(tariff, clock), clock, ...(period && { period }) }
}

/** Cents per kWh that the household pays, to Amber's five decimals. */
export function perKwhOf(channel: ChannelType, spotCents: number, { rates, clock, period }: Charge): number {
  const wholesale = rates.lossFactor * spotCents
  if (channel === 'general')
    return rounded(wholesale + (rates.generalAdders[period ?? 'offPeak'] ?? rates.generalAdders.offPeak), 5)
  if (channel === 'controlledLoad') return rounded(wholesale + rates.controlledLoadAdder, 5)
  const adder = rates.exportAdders.find(
    ({ fromHour, untilHour }) => fromHour <= clock.hour && clock.hour < untilHour,
  )
  // Sold without GST, so a feed-in price carries none.
  return rounded(-wholesale / 1.1 + (adder?.cents ?? 0), 5)
}

/** Undefined where the tariff has nothing to tell. */
export function tariffInformation(
  tariff: NetworkTariff,
  { clock, period }: Charge,
): TariffInformation | undefined {
  if (!tariff.periodAt && !tariff.demandWindowAt) return undefined
  return {
    ...(period && { period }),
    ...(tariff.seasonAt && { season: tariff.seasonAt(clock) }),
    ...(tariff.demandWindowAt && { demandWindow: tariff.demandWindowAt(clock) }),
  }
}

/** A charge as it stands on a bill that was made with the wrong period; the right one where the tariff has one rate. */
export function withWrongPeriod(charge: Charge): Charge {
  const { rates, clock, period } = charge
  if (!period)
    return { ...charge, rates: { ...rates, generalAdders: { offPeak: rates.generalAdders.offPeak + 5 } } }
  return { rates, clock, period: period === 'peak' ? 'offPeak' : 'peak' }
}

function ratesAt({ rates }: NetworkTariff, { year, month }: WallClock): Rates {
  const networkYear = month >= 7 ? year : year - 1
  return rates.findLast(({ fromYear }) => fromYear <= networkYear) ?? (rates[0] as Rates)
}
