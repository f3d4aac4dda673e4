// What Amber's rows mean: its units, signs and hours end here. Rows are read one by one: what is odd about one field costs
// at most that field, what is odd about one row costs at most that row.
import * as v from 'valibot'
import { type Interval, MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import type { PriceInterval, PriceKind, Tariff } from '#domain/price.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { ChannelRow, PriceRow, SiteRow, type TariffInformation, UsageRow } from './rows.ts'
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

/**
 * `madeAtMs`: when Amber gave the answer; it dates forecasts and estimates. `nowMs`: what has not ended by then cannot be
 * settled; Infinity where the answer did not tell the time.
 */
export function parsePrices(
  rows: readonly unknown[],
  madeAtMs: number,
  nowMs = madeAtMs,
): Parsed<PriceInterval> {
  return parseEach(rows, (row) => priceOf(v.parse(PriceRow, row), madeAtMs, nowMs))
}

export function parseUsage(
  rows: readonly unknown[],
  nowMs = Number.POSITIVE_INFINITY,
): Parsed<UsageInterval> {
  return parseEach(rows, (row) => usageOf(v.parse(UsageRow, row), nowMs))
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
  try {
    return JSON.stringify(row, (key, value) => (key === 'nmi' ? undefined : value)) ?? String(row)
  } catch (error) {
    // JSON is read to any depth, but not written: "Maximum call stack size exceeded".
    return (error as Error).message
  }
}

const KIND: Record<v.InferOutput<typeof PriceRow>['type'], PriceKind> = {
  ActualInterval: 'actual',
  CurrentInterval: 'current',
  ForecastInterval: 'forecast',
}

function priceOf(row: v.InferOutput<typeof PriceRow>, madeAtMs: number, nowMs: number): PriceInterval {
  const kind = KIND[row.type]
  const interval = intervalOf(row)
  checkKind(kind, interval, nowMs)
  const estimate = kind === 'current' && row.estimate !== false
  return {
    channel: row.channelType,
    ...interval,
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
function usageOf(row: v.InferOutput<typeof UsageRow>, nowMs: number): UsageInterval {
  const interval = intervalOf(row)
  if (interval.endMs > nowMs + CLOCK_SLACK_MS) throw new Error('type: is measured before its end')
  return {
    channel: row.channelType,
    identifier: row.channelIdentifier,
    ...interval,
    kwh: Math.abs(row.kwh),
    costCents: row.cost,
    centsPerKwh: row.perKwh,
    quality: row.quality,
    ...known('tariff', tariffOf(row.tariffInformation)),
  }
}

/** Amber's start is one second late, its end is exact: an interval is its end and its duration. */
function intervalOf(row: Times): Interval {
  const { endTime, startTime, nemTime, duration } = row
  const durationMs = duration * MINUTE_MS
  if (endTime % durationMs !== 0) throw new Error('endTime: is off the grid of its duration')
  // Every row says its time three times over: one that contradicts itself is of no known time.
  if (nemTime !== undefined && nemTime !== endTime)
    throw new Error('nemTime: is another instant than endTime')
  const startMs = endTime - durationMs
  if (startTime !== undefined && Math.abs(startTime - startMs) > SECOND_MS)
    throw new Error('startTime: is not its duration before endTime')
  return { startMs, endMs: endTime }
}

type Times = Pick<v.InferOutput<typeof PriceRow>, 'startTime' | 'endTime' | 'nemTime' | 'duration'>

/** Amber's own clocks may differ a little from one another. */
const CLOCK_SLACK_MS = MINUTE_MS

function checkKind(kind: PriceKind, { startMs, endMs }: Interval, nowMs: number): void {
  if (kind === 'actual' && endMs > nowMs + CLOCK_SLACK_MS) throw new Error('type: is settled before its end')
  if (kind === 'current' && startMs > nowMs + CLOCK_SLACK_MS) throw new Error('type: runs before its start')
}

function tariffOf(information: TariffInformation | undefined): Tariff | undefined {
  if (!information) return undefined
  const tariff: Tariff = {
    ...known('period', information.period ?? undefined),
    ...known('season', information.season ?? undefined),
    ...known('block', information.block ?? undefined),
    ...known('demandWindow', information.demandWindow ?? undefined),
  }
  return Object.keys(tariff).length > 0 ? tariff : undefined
}

function siteOf(row: v.InferOutput<typeof SiteRow>): AmberSite {
  return {
    siteId: row.id,
    ...known('network', row.network),
    ...known('status', row.status),
    ...known('intervalMinutes', row.intervalLength),
    ...known('activeFrom', row.activeFrom),
    ...known('closedOn', row.closedOn),
    // A kind of channel that is new to us is passed over; the site's others stay.
    channels: row.channels
      .filter((channel) => v.is(ChannelRow, channel))
      .map(({ identifier, type, tariff }) => ({ identifier, channel: type, ...known('tariff', tariff) })),
  }
}

const known = <Key extends string, Value>(key: Key, value: Value | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value }
