// The only file that knows Amber's words, units, signs and hours (but for the simulator). Rows are read one by one:
// what is odd about one field costs at most that field, what is odd about one row costs at most that row.
import * as v from 'valibot'
import { MINUTE_MS } from '#domain/interval.ts'
import {
  CHANNELS,
  DESCRIPTORS,
  type PriceInterval,
  type PriceKind,
  SPIKE_STATUSES,
  type Tariff,
} from '#domain/price.ts'
import { QUALITIES, type UsageInterval } from '#domain/usage.ts'
import type { AmberSite } from './site.ts'

/** A row that could not be understood, kept with its reason. `raw` is what Amber sent, as JSON. */
export interface Quarantined {
  readonly reason: string
  readonly raw: string
}

export interface Parsed<Row> {
  readonly rows: readonly Row[]
  readonly quarantined: readonly Quarantined[]
}

/** `madeAtMs`: when Amber gave the answer; it dates forecasts and estimates. */
export function parsePrices(rows: readonly unknown[], madeAtMs: number): Parsed<PriceInterval> {
  return parseEach(rows, (row) => priceOf(v.parse(PriceRow, row), madeAtMs))
}

export function parseUsage(rows: readonly unknown[]): Parsed<UsageInterval> {
  return parseEach(rows, (row) => usageOf(v.parse(UsageRow, row)))
}

export function parseSites(rows: readonly unknown[]): Parsed<AmberSite> {
  return parseEach(rows, (row) => siteOf(v.parse(SiteRow, row)))
}

const MAX_RAW_CHARACTERS = 2000

function parseEach<Row>(rows: readonly unknown[], parseRow: (row: unknown) => Row): Parsed<Row> {
  const parsed: Row[] = []
  const quarantined: Quarantined[] = []
  for (const row of rows) {
    try {
      parsed.push(parseRow(row))
    } catch (error) {
      quarantined.push({ reason: reasonOf(error), raw: withoutMeterNumber(row).slice(0, MAX_RAW_CHARACTERS) })
    }
  }
  return { rows: parsed, quarantined }
}

function reasonOf(error: unknown): string {
  const issue = (error as { issues?: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]] }).issues?.[0]
  const path = issue?.path?.map((step) => String(step.key)).join('.')
  return path ? `${path}: ${issue?.message}` : (error as Error).message
}

/** The NMI names the household; it is not kept even in a row that is set aside. */
function withoutMeterNumber(row: unknown): string {
  return JSON.stringify(row, (key, value) => (key === 'nmi' ? undefined : value)) ?? String(row)
}

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

const TariffInformation = v.object({
  period: lenient(v.string()),
  season: lenient(v.string()),
  block: lenient(v.pipe(v.number(), v.integer())),
  demandWindow: lenient(v.boolean()),
})

const intervalFields = {
  // 5, 15 or 30 by the contract; any whole divisor of a day keeps rows on the grid.
  duration: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)),
  endTime: Instant,
  perKwh: Money,
  spotPerKwh: lenient(Money),
  channelType: v.picklist(CHANNELS),
  tariffInformation: lenient(TariffInformation),
}

const PriceRow = v.object({
  ...intervalFields,
  type: v.picklist(['ActualInterval', 'CurrentInterval', 'ForecastInterval']),
  renewables: lenient(Percent),
  descriptor: lenient(v.picklist(DESCRIPTORS)),
  spikeStatus: lenient(v.picklist(SPIKE_STATUSES)),
  estimate: lenient(v.boolean()),
  advancedPrice: lenient(v.object({ low: Money, predicted: Money, high: Money })),
  range: lenient(v.object({ min: Money, max: Money })),
})

const UsageRow = v.object({
  ...intervalFields,
  type: v.literal('Usage'),
  channelIdentifier: v.pipe(v.string(), v.nonEmpty()),
  kwh: v.pipe(v.number(), v.finite(), v.minValue(-10_000), v.maxValue(10_000)),
  cost: Money,
  quality: v.picklist(QUALITIES),
})

const ChannelRow = v.object({
  identifier: v.pipe(v.string(), v.nonEmpty()),
  type: v.picklist(CHANNELS),
  tariff: v.fallback(v.string(), ''),
})

const SiteRow = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  network: v.fallback(v.string(), ''),
  status: v.fallback(v.string(), ''),
  activeFrom: lenient(v.string()),
  closedOn: lenient(v.string()),
  // Absent before November 2024, when every site was billed by the half hour.
  intervalLength: v.fallback(v.picklist([5, 15, 30]), 30),
  channels: v.array(v.union([ChannelRow, v.unknown()])),
})

const KIND: Record<v.InferOutput<typeof PriceRow>['type'], PriceKind> = {
  ActualInterval: 'actual',
  CurrentInterval: 'current',
  ForecastInterval: 'forecast',
}

function priceOf(row: v.InferOutput<typeof PriceRow>, madeAtMs: number): PriceInterval {
  const kind = KIND[row.type]
  const estimate = kind === 'current' && row.estimate !== false
  return {
    channel: row.channelType,
    ...intervalOf(row),
    kind,
    estimate,
    centsPerKwh: row.perKwh,
    ...known('spotCentsPerKwh', row.spotPerKwh),
    ...known('renewablesPercent', row.renewables),
    ...known('descriptor', row.descriptor),
    ...known('spikeStatus', row.spikeStatus),
    ...known('tariff', tariffOf(row.tariffInformation)),
    ...known('advanced', row.advancedPrice),
    ...known('range', row.range),
    ...(kind === 'forecast' || estimate ? { madeAtMs } : {}),
    ...(kind === 'current' && !estimate ? { confirmedAtMs: madeAtMs } : {}),
  }
}

/** Energy is positive whichever sign Amber gave a feed-in; the money keeps its sign. */
function usageOf(row: v.InferOutput<typeof UsageRow>): UsageInterval {
  return {
    channel: row.channelType,
    identifier: row.channelIdentifier,
    ...intervalOf(row),
    kwh: Math.abs(row.kwh),
    costCents: row.cost,
    centsPerKwh: row.perKwh,
    quality: row.quality,
    ...known('tariff', tariffOf(row.tariffInformation)),
  }
}

/** Amber's start is one second late, its end is exact: an interval is its end and its duration. */
function intervalOf({ endTime, duration }: { endTime: number; duration: number }) {
  const durationMs = duration * MINUTE_MS
  if (endTime % durationMs !== 0) throw new Error('endTime: is off the grid of its duration')
  return { startMs: endTime - durationMs, endMs: endTime }
}

function tariffOf(information: v.InferOutput<typeof TariffInformation> | undefined): Tariff | undefined {
  if (!information) return undefined
  const tariff: Tariff = {
    ...known('period', information.period),
    ...known('season', information.season),
    ...known('block', information.block),
    ...known('demandWindow', information.demandWindow),
  }
  return Object.keys(tariff).length > 0 ? tariff : undefined
}

function siteOf(row: v.InferOutput<typeof SiteRow>): AmberSite {
  return {
    siteId: row.id,
    network: row.network,
    status: row.status,
    intervalMinutes: row.intervalLength,
    ...known('activeFrom', row.activeFrom),
    ...known('closedOn', row.closedOn),
    // A kind of channel that is new to us is passed over; the site's others stay.
    channels: row.channels
      .filter((channel) => v.is(ChannelRow, channel))
      .map(({ identifier, type, tariff }) => ({ identifier, channel: type, tariff })),
  }
}

const known = <Key extends string, Value>(key: Key, value: Value | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value }
