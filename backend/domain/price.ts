// A price as the household knows it. Cents per kWh including GST; the sign is Amber's: what the household pays,
// so a feed-in price below zero earns.
import type { Interval } from './interval.ts'

export const CHANNELS = ['general', 'controlledLoad', 'feedIn'] as const
export type Channel = (typeof CHANNELS)[number]

export const DESCRIPTORS = ['negative', 'extremelyLow', 'veryLow', 'low', 'neutral', 'high', 'spike'] as const
/** Amber's own word for a price. For feed-in it rates by the amount earned: high is good. */
export type Descriptor = (typeof DESCRIPTORS)[number]

export const SPIKE_STATUSES = ['none', 'potential', 'spike'] as const
export type SpikeStatus = (typeof SPIKE_STATUSES)[number]

/** actual: settled. current: of the running interval, settled or an estimate. forecast: not begun when it was made. */
export const PRICE_KINDS = ['actual', 'current', 'forecast'] as const
export type PriceKind = (typeof PRICE_KINDS)[number]

/** What the network charges by: time-of-use period, season, block, demand window. */
export interface Tariff {
  readonly period?: string
  readonly season?: string
  readonly block?: number
  readonly demandWindow?: boolean
}

/**
 * Amber's own forecast, cents per kWh all-in. For feed-in, `low` and `high` rate the value to the household,
 * so `high` is the numerically smaller one.
 */
export interface AdvancedPrice {
  readonly low: number
  readonly predicted: number
  readonly high: number
}

/** AEMO's range of the spot price, cents per kWh: not comparable with an all-in price. */
export interface SpotRange {
  readonly min: number
  readonly max: number
}

export interface PriceInterval extends Interval {
  readonly channel: Channel
  readonly kind: PriceKind
  /** True only for a current price that is not yet settled. */
  readonly estimate: boolean
  readonly centsPerKwh: number
  readonly spotCentsPerKwh?: number
  /** Share of renewables in the grid, per cent; may pass 100. */
  readonly renewablesPercent?: number
  readonly descriptor?: Descriptor
  readonly spikeStatus?: SpikeStatus
  readonly tariff?: Tariff
  readonly advanced?: AdvancedPrice
  readonly range?: SpotRange
  /** Forecast and estimate only: when Amber gave this answer. */
  readonly madeAtMs?: number
  /** Settled only, where it was watched: when it was first seen settled. */
  readonly confirmedAtMs?: number
}
