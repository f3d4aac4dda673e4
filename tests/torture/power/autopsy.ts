// What a cut has left on the disk, before the machine is switched on again: a copy of it is repaired as a machine does when it
// starts, and the appliance's files are taken out and read.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CHANNELS } from '../../../backend/domain/price.ts'
import { readRecord } from '../../../backend/domain/settings/settings-record.ts'
import type { Fact, Found } from './judge.ts'
import { priceKey, usageKey } from './witness.ts'

const STATE = '/var/lib/home-energy-analysis'

export function autopsy(image: string, folder: string): Found {
  const copy = join(folder, 'autopsy.img')
  const files = join(folder, 'autopsy')
  rmSync(files, { recursive: true, force: true })
  mkdirSync(files, { recursive: true })
  execFileSync('cp', ['--sparse=always', image, copy])
  const { status, stdout } = spawnSync('e2fsck', ['-f', '-y', copy], { encoding: 'utf8' })
  // 0: in order; 1: was put in order.
  if ((status ?? 8) > 1) throw new Error(`the file system cannot be repaired: ${stdout}`)
  execFileSync('debugfs', ['-R', `rdump ${STATE} ${files}`, copy], { stdio: 'ignore' })
  rmSync(copy)
  return inspect(join(files, 'home-energy-analysis'))
}

/** The state folder of an appliance. */
export function inspect(folder: string): Found {
  const path = join(folder, 'cache.sqlite')
  const names = existsSync(folder) ? readdirSync(folder) : []
  const aside = names.filter((name) => /^cache\.sqlite\.damaged-\w+$/.test(name))
  const settings = settingsIn(join(folder, 'settings.json'))
  const nothing = { revision: 0, runs: new Set<number>(), facts: new Map<string, Fact>(), aside, settings }
  if (!existsSync(path)) return { database: 'absent', ...nothing }
  try {
    return { ...read(path), aside, settings }
  } catch (error) {
    return { database: (error as Error).message, ...nothing }
  }
}

function read(path: string): Omit<Found, 'aside' | 'settings'> {
  // Not read-only: what lies in its log is put in, as the appliance does.
  const db = new DatabaseSync(path)
  try {
    const rows = <Row>(sql: string) => db.prepare(sql).all() as Row[]
    const [check] = rows<{ integrity_check: string }>('PRAGMA integrity_check(1)')
    // Cut off while the first tables were being made.
    if (rows("SELECT 1 FROM sqlite_schema WHERE name = 'ledger'").length === 0)
      return {
        database: check?.integrity_check === 'ok' ? 'absent' : `${check?.integrity_check}`,
        ...NOTHING,
      }
    const [ledger] = rows<{ epoch: string; revision: number }>('SELECT epoch, revision FROM ledger')
    const facts = new Map<string, Fact>()
    for (const { channel, end, value, revision } of rows<PriceRow>(
      'SELECT channel, end_minute AS end, cents_per_kwh AS value, revision FROM price_actual WHERE site_no = 1',
    ))
      facts.set(priceKey(CHANNELS[channel] as string, end), { value, revision })
    for (const { identifier, end, value, revision } of rows<UsageRow>(
      `SELECT identifier, end_minute AS end, kwh AS value, revision
       FROM usage JOIN register USING (register_no) WHERE site_no = 1`,
    ))
      facts.set(usageKey(identifier, end), { value, revision })
    const runs = rows<{ started: number }>('SELECT started_at_ms / 1000 AS started FROM sync_run')
    return {
      database: check?.integrity_check === 'ok' ? 'whole' : `${check?.integrity_check}`,
      ...(ledger && { epoch: ledger.epoch }),
      revision: ledger?.revision ?? 0,
      runs: new Set(runs.map(({ started }) => started)),
      facts,
    }
  } finally {
    db.close()
  }
}

const NOTHING = { revision: 0, runs: new Set<number>(), facts: new Map<string, Fact>() }

interface PriceRow extends Fact {
  readonly channel: number
  readonly end: number
}
interface UsageRow extends Fact {
  readonly identifier: string
  readonly end: number
}

function settingsIn(path: string): Map<string, number> {
  if (!existsSync(path)) return new Map()
  const record = readRecord(JSON.parse(readFileSync(path, 'utf8'))) ?? {}
  return new Map(Object.entries(record).map(([name, { revision }]) => [name, revision]))
}
