// What a database holds of that which Amber cannot be asked for again, as counts and as a fingerprint: two databases with
// the same fingerprint hold the same facts, whatever their numbers and pages. SQLite has no checksums; this is one.
import { createHash, type Hash } from 'node:crypto'
import type { Database } from 'better-sqlite3'

export interface KeptContents {
  readonly sites: number
  /** Rows. */
  readonly usage: number
  readonly revisions: number
  readonly vintages: number
  readonly fingerprint: string
}

// Columns by name: a later version may add some, and must still know a file of this one.
const SITES = `SELECT site_id, network, status, interval_minutes, active_from, closed_on,
    (SELECT json_group_array(json_array(identifier, channel, tariff)) FROM
       (SELECT * FROM site_channel c WHERE c.site_no = site.site_no ORDER BY identifier))
  FROM site_number LEFT JOIN site USING (site_no) ORDER BY site_id`

const PLACE = 'site_id, identifier, end_minute, minutes'
const OF_REGISTERS = 'JOIN register USING (register_no) JOIN site_number USING (site_no)'

const USAGE = `SELECT ${PLACE}, channel, kwh, cost_cents, cents_per_kwh, estimated, words
  FROM usage ${OF_REGISTERS} LEFT JOIN tariff USING (tariff_id) ORDER BY ${PLACE}`

const REVISIONS = `SELECT ${PLACE}, changed_at_ms, channel, was_kwh, was_cost_cents, was_cents_per_kwh, was_estimated,
    w.words, became_kwh, became_cost_cents, became_cents_per_kwh, became_estimated, b.words
  FROM usage_revision ${OF_REGISTERS} LEFT JOIN tariff w ON w.tariff_id = was_tariff_id
    LEFT JOIN tariff b ON b.tariff_id = became_tariff_id
  ORDER BY ${PLACE}, changed_at_ms`

const VINTAGES = `SELECT site_id, slot_minute, made_at_ms, hex(packed)
  FROM forecast_vintage JOIN site_number USING (site_no) ORDER BY site_id, slot_minute`

/** `more`: what else belongs to it. */
export function keptContents(db: Database, more: unknown): KeptContents {
  const hash = createHash('sha256').update(JSON.stringify(more))
  return {
    sites: add(hash, db, SITES),
    usage: add(hash, db, USAGE),
    revisions: add(hash, db, REVISIONS),
    vintages: add(hash, db, VINTAGES),
    fingerprint: hash.digest('hex'),
  }
}

function add(hash: Hash, db: Database, sql: string): number {
  let rows = 0
  hash.update('\n\n')
  for (const row of db.prepare(sql).raw().iterate()) {
    hash.update(`${JSON.stringify(row)}\n`)
    rows += 1
  }
  return rows
}
