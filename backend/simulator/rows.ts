// Amber's JSON. Its start is one second late, its end exact, its date the NEM date of the true start.
import { NEM_OFFSET_MS, nemDate } from '#domain/calendar.ts'
import { SECOND_MS } from '#domain/interval.ts'
import { type Descriptor, descriptorOf, renewableDescriptorOf } from './descriptor.ts'
import type { Quote, SpikeStatus } from './quotes.ts'
import { endMsOf, type Slot } from './slots.ts'
import {
  type ChannelType,
  type Charge,
  type NetworkTariff,
  perKwhOf,
  type TariffInformation,
  tariffInformation,
} from './tariff.ts'

export interface TimeFields {
  readonly date: string
  readonly duration: number
  readonly startTime: string
  readonly endTime: string
  readonly nemTime: string
}

export interface PriceRow extends TimeFields {
  readonly type: string
  readonly perKwh: number
  readonly renewables: number
  readonly spotPerKwh: number
  readonly channelType: ChannelType
  readonly spikeStatus: SpikeStatus
  readonly tariffInformation?: TariffInformation | null
  readonly descriptor: Descriptor
  readonly estimate?: boolean
  readonly advancedPrice?: { readonly low: number; readonly predicted: number; readonly high: number }
  readonly range?: { readonly min: number; readonly max: number }
}

export interface UsageRow extends Omit<PriceRow, 'estimate' | 'advancedPrice' | 'range'> {
  readonly channelIdentifier: string
  readonly kwh: number
  readonly quality: 'estimated' | 'billable'
  /** Cents. */
  readonly cost: number
}

export interface RenewableRow extends TimeFields {
  readonly type: string
  readonly renewables: number
  readonly descriptor: string
}

/** A price and what the network makes of it, before it is told channel by channel. */
export interface Priced {
  readonly quote: Quote
  readonly charge: Charge
  readonly times: TimeFields
}

export function priceRow(
  channel: ChannelType,
  { quote, charge, times }: Priced,
  tariff: NetworkTariff,
): PriceRow {
  const { kind, spotCents, spikeStatus, estimate, advanced, range } = quote
  const perKwh = perKwhOf(channel, spotCents, charge)
  const information = channel === 'general' ? tariffInformation(tariff, charge) : undefined
  return {
    type: `${kind}Interval`,
    ...times,
    perKwh,
    renewables: quote.renewables,
    spotPerKwh: spotCents,
    channelType: channel,
    spikeStatus,
    ...(information && { tariffInformation: information }),
    descriptor: descriptorOf(channel, perKwh, spikeStatus, charge.rates),
    ...(estimate !== undefined && { estimate }),
    // By value to the household: of a feed-in the low one is the larger number.
    ...(advanced && {
      advancedPrice: {
        low: perKwhOf(channel, advanced.low, charge),
        predicted: perKwhOf(channel, advanced.predicted, charge),
        high: perKwhOf(channel, advanced.high, charge),
      },
    }),
    ...(range && { range }),
  }
}

export const renewableRow = ({ slot, kind, renewables }: Quote): RenewableRow => ({
  type: `${kind}Renewable`,
  ...timeFields(slot),
  renewables,
  descriptor: renewableDescriptorOf(renewables),
})

export function timeFields(slot: Slot): TimeFields {
  const endMs = endMsOf(slot)
  return {
    date: nemDate(slot.startMs),
    duration: slot.minutes,
    startTime: utc(slot.startMs + SECOND_MS),
    endTime: utc(endMs),
    nemTime: utc(endMs + NEM_OFFSET_MS).replace('Z', '+10:00'),
  }
}

const utc = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')
