// The facts of a household, as the database holds them and as the simulator knows them, in one form that can be compared:
// each under a key that says what it is of. Read with SQL of its own, so that no mistake in the product's reading hides one.
import type { Database } from 'better-sqlite3'
import { CHANNELS, DESCRIPTORS, SPIKE_STATUSES } from '#domain/price.ts'
import type { PriceRow, UsageRow } from '../../backend/simulator/rows.ts'
import type { SiteRow } from '../../backend/simulator/sites.ts'

/** Null where nothing is known. */
export type Fact = Readonly<Record<string, string | number | null>>
export type Facts = ReadonlyMap<string, Fact>

export const storedFacts = (db: Database): Facts =>
  new Map([...storedSites(db), ...storedPrices(db), ...storedUsage(db)])

type Entry = readonly [key: string, fact: Fact]

interface StoredRow {
  site_id: string
  identifier: string
  end_minute: number
  minutes: number
  channel: number
  descriptor: number | null
  spike_status: number | null
  words: string | null
  [column: string]: string | number | null
}

function storedPrices(db: Database): Entry[] {
  const rows = db.prepare<[], StoredRow>(
    'SELECT * FROM price_actual JOIN site_number USING (site_no) LEFT JOIN tariff USING (tariff_id)',
  )
  return rows.all().map((row) => [
    `price ${row.site_id} ${CHANNELS[row.channel]} ${endOf(row)}`,
    {
      cents: row.cents_per_kwh as number,
      spot: row.spot_cents_per_kwh as number | null,
      renewables: row.renewables_percent as number | null,
      descriptor: DESCRIPTORS[row.descriptor ?? -1] ?? null,
      spike: SPIKE_STATUSES[row.spike_status ?? -1] ?? null,
      tariff: row.words,
    },
  ])
}

function storedUsage(db: Database): Entry[] {
  const rows = db.prepare<[], StoredRow>(
    `SELECT * FROM usage JOIN register USING (register_no) JOIN site_number USING (site_no)
     LEFT JOIN tariff USING (tariff_id)`,
  )
  return rows.all().map((row) => [
    `usage ${row.site_id} ${row.identifier} ${endOf(row)}`,
    {
      channel: CHANNELS[row.channel] ?? null,
      kwh: row.kwh as number,
      cost: row.cost_cents as number,
      cents: row.cents_per_kwh as number,
      quality: row.estimated === 1 ? 'estimated' : 'billable',
      tariff: row.words,
    },
  ])
}

interface StoredSite {
  site_no: number
  site_id: string
  network: string
  status: string
  interval_minutes: number
  active_from: string | null
  closed_on: string | null
}

/** Also what an answer has left out lately. */
function storedSites(db: Database): Entry[] {
  const channels = db.prepare<[number], { identifier: string; channel: number; tariff: string }>(
    'SELECT identifier, channel, tariff FROM site_channel WHERE site_no = ?',
  )
  const sites = db.prepare<[], StoredSite>('SELECT * FROM site JOIN site_number USING (site_no)')
  return sites.all().map((row) => [
    `site ${row.site_id}`,
    {
      network: row.network,
      status: row.status,
      minutes: row.interval_minutes,
      from: row.active_from,
      until: row.closed_on,
      channels: channelsText(
        channels
          .all(row.site_no)
          .map((each) => [each.identifier, CHANNELS[each.channel] ?? '?', each.tariff]),
      ),
    },
  ])
}

export const siteFacts = (rows: readonly SiteRow[]): Entry[] =>
  rows.map((row) => [
    `site ${row.id}`,
    {
      network: row.network,
      status: row.status,
      minutes: row.intervalLength,
      from: row.activeFrom ?? null,
      until: row.closedOn ?? null,
      channels: channelsText(row.channels.map((each) => [each.identifier, each.type, each.tariff])),
    },
  ])

export const priceFacts = (siteId: string, rows: readonly PriceRow[]): Entry[] =>
  rows.map((row) => [
    `price ${siteId} ${row.channelType} ${row.endTime} ${row.duration}`,
    {
      cents: row.perKwh,
      spot: row.spotPerKwh,
      renewables: row.renewables,
      descriptor: row.descriptor,
      spike: row.spikeStatus,
      tariff: tariffText(row),
    },
  ])

export const usageFacts = (siteId: string, rows: readonly UsageRow[]): Entry[] =>
  rows.map((row) => [
    `usage ${siteId} ${row.channelIdentifier} ${row.endTime} ${row.duration}`,
    {
      channel: row.channelType,
      kwh: row.kwh,
      cost: row.cost,
      cents: row.perKwh,
      quality: row.quality,
      tariff: tariffText(row),
    },
  ])

const endOf = ({ end_minute, minutes }: StoredRow): string =>
  `${new Date(end_minute * 60_000).toISOString().replace('.000Z', 'Z')} ${minutes}`

function tariffText({ tariffInformation }: PriceRow | UsageRow): string | null {
  if (!tariffInformation) return null
  const { period, season, block, demandWindow } = tariffInformation
  return JSON.stringify({ period, season, block, demandWindow })
}

const channelsText = (channels: readonly (readonly string[])[]): string =>
  channels
    .map((words) => words.join(' '))
    .sort()
    .join(', ')
