// The shapes of Amber's rows, by its own names. What must be there is strict, what may be there is lenient.
import * as v from 'valibot'
import { CHANNELS, DESCRIPTORS, SPIKE_STATUSES } from '#domain/price.ts'
import { QUALITIES } from '#domain/usage.ts'

/** What an optional field says when it says something we do not know: nothing. */
const lenient = <Schema extends v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>>(schema: Schema) =>
  v.fallback(v.optional(schema), undefined)

const Money = v.pipe(v.number(), v.finite(), v.minValue(-100_000), v.maxValue(100_000))
const Percent = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1000))
const Instant = v.pipe(
  v.string(),
  v.transform((text) => (/(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN)),
  v.number('is no time with an offset'),
  v.finite('is no time with an offset'),
  v.minValue(Date.UTC(2015, 0), 'is before Amber existed'),
  v.maxValue(Date.UTC(2100, 0), 'is too far ahead'),
)

/** Amber's are a dozen letters long. */
const Word = v.pipe(v.string(), v.nonEmpty(), v.maxLength(100))
const DateText = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/))

/** Half of it would take the place of all that was known before: what is odd about one part costs the whole. */
const Tariffs = v.object({
  period: v.nullish(Word),
  season: v.nullish(Word),
  block: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000))),
  demandWindow: v.nullish(v.boolean()),
})

export type TariffInformation = v.InferOutput<typeof Tariffs>

const intervalFields = {
  // 5, 15 or 30 by the contract; any whole divisor of a day keeps rows on the grid.
  duration: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)),
  endTime: Instant,
  startTime: lenient(Instant),
  nemTime: lenient(Instant),
  perKwh: Money,
  spotPerKwh: lenient(Money),
  channelType: v.picklist(CHANNELS),
  tariffInformation: lenient(Tariffs),
}

export const PriceRow = v.object({
  ...intervalFields,
  type: v.picklist(['ActualInterval', 'CurrentInterval', 'ForecastInterval']),
  renewables: lenient(Percent),
  descriptor: lenient(v.picklist(DESCRIPTORS)),
  spikeStatus: lenient(v.picklist(SPIKE_STATUSES)),
  estimate: lenient(v.boolean()),
  advancedPrice: lenient(v.object({ low: Money, predicted: Money, high: Money })),
  range: lenient(v.object({ min: Money, max: Money })),
})

export const UsageRow = v.object({
  ...intervalFields,
  type: v.literal('Usage'),
  channelIdentifier: Word,
  kwh: v.pipe(v.number(), v.finite(), v.minValue(-10_000), v.maxValue(10_000)),
  cost: Money,
  quality: v.picklist(QUALITIES),
})

export const ChannelRow = v.object({
  identifier: Word,
  type: v.picklist(CHANNELS),
  tariff: lenient(Word),
})

export const SiteRow = v.object({
  id: Word,
  network: lenient(Word),
  status: lenient(Word),
  activeFrom: lenient(DateText),
  closedOn: lenient(DateText),
  intervalLength: lenient(v.picklist([5, 15, 30])),
  channels: v.array(v.union([ChannelRow, v.unknown()])),
})
