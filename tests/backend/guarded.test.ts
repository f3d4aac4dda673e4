// The database that a power cut, a dying card or a person has spoilt: what is set aside, what comes back, and what is left alone.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openGuarded, type Surroundings } from '../../backend/store/guarded.ts'
import { inspect } from '../../backend/store/inspect.ts'
import { keptContents } from '../../backend/store/kept-contents.ts'
import { keptPathOf, secure } from '../../backend/store/kept-copy.ts'
import { beginLedger, ledger, startOver } from '../../backend/store/ledger.ts'
import { migrate, SCHEMA_VERSION } from '../../backend/store/migrate.ts'
import { noteOf } from '../../backend/store/notes.ts'
import { openForWriting } from '../../backend/store/open.ts'
import { questionsOf } from '../../backend/store/questions.ts'
import { createReader } from '../../backend/store/reader.ts'
import { recordSyncRun } from '../../backend/store/sync-runs.ts'
import { saveUsage, usageBetween } from '../../backend/store/usage.ts'
import { ALWAYS, DAY, halfHours, nemDay, SITE, saveDays, saveSite, usageRow } from './sample-rows.ts'
import { temporaryFolder } from './temporary.ts'

const ROOT = join(import.meta.dirname, '../..')
const NOW = Date.parse('2026-03-10T10:02:41+11:00')
const DAYS = ['2026-03-01', '2026-03-02', '2026-03-03']
const PAGE = 2048

let epochs = 0
const around = (over: Partial<Surroundings> = {}): Surroundings => ({
  newEpoch: () => `epoch-${++epochs}`,
  nowMs: NOW,
  bootId: 'this boot',
  ...over,
})

function open(path: string, over: Partial<Surroundings> = {}) {
  const opened = openGuarded(path, around(over))
  onTestFinished(() => void opened.db.close())
  return opened
}

/** A database of three days that was closed in good order, and its second copy: made once, then copied. */
function closedHome() {
  const folder = temporaryFolder()
  const path = join(folder, 'cache.sqlite')
  made ??= makeHome()
  for (const [name, bytes] of made.files) writeFileSync(join(folder, name), bytes)
  return { path, folder, facts: made.facts, epoch: made.epoch }
}

let made: ReturnType<typeof makeHome> | undefined

function makeHome() {
  const path = join(temporaryFolder(), 'cache.sqlite')
  const { db } = openGuarded(path, around())
  saveSite(db)
  saveDays(db, DAYS)
  secure(db, keptPathOf(path))
  const facts = keptContents(db, null)
  const { epoch } = ledger(db)
  recordSyncRun(db, 1, { startedAtMs: NOW, finishedAtMs: NOW, outcome: 'unreachable', amberRequests: 1 })
  db.close()
  // From now on it counts as looked through.
  openGuarded(path, around()).db.close()
  const folder = join(path, '..')
  const files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))] as const)
  return { files, facts, epoch }
}

const named = (folder: string, word: string) => readdirSync(folder).filter((name) => name.includes(word))

/** What this process has open of it; Linux tells. */
const openFiles = (path: string): string[] =>
  readdirSync('/proc/self/fd')
    .map((file) => readlink(`/proc/self/fd/${file}`))
    .filter((file) => file.startsWith(path))

/** The folder of open files was one of them when it was read, and is none any more. */
function readlink(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

function dropTable(path: string): void {
  const db = new Database(path)
  db.exec('DROP TABLE question')
  db.close()
}

function setVersion(path: string, version: number): void {
  const db = new Database(path)
  db.pragma(`user_version = ${version}`)
  db.close()
}

/** Overwrites the page on which a table begins: the file opens as if nothing were wrong. */
function spoilTable(path: string, table: string): void {
  const db = new Database(path)
  const page = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table) as number
  db.close()
  const bytes = readFileSync(path)
  bytes.fill(0xa5, (page - 1) * PAGE, page * PAGE)
  writeFileSync(path, bytes)
}

const foreign = (path: string): void => {
  rmSync(path)
  const db = new Database(path)
  db.exec('CREATE TABLE photo (id INTEGER); INSERT INTO photo VALUES (7); PRAGMA application_id = 1')
  db.close()
}

describe('a database that is set aside', () => {
  it.each<[string, (path: string) => void, string]>([
    ['has no bytes', (path) => truncateSync(path, 0), 'empty'],
    ['is a letter', (path) => writeFileSync(path, 'Dear aunt, '.repeat(2000)), 'no-database'],
    ['lost its second half', (path) => truncateSync(path, 10 * PAGE), 'damaged'],
    ['has a page of garbage', (path) => spoilTable(path, 'price_actual'), 'damaged'],
    ['has lost its ledger', (path) => spoilTable(path, 'ledger'), 'damaged'],
    ['lacks a table', dropTable, 'foreign'],
    ['is another program’s', foreign, 'foreign'],
    ['has lost its notes, which are read first of all', (path) => spoilTable(path, 'note'), 'damaged'],
    ['has a version that no program of ours can have', (path) => setVersion(path, 0x5a5a5a5a), 'foreign'],
    ['has a version below nothing', (path) => setVersion(path, -1), 'foreign'],
  ])('because it %s makes room for a new one with all that the second copy has', (_, spoil, why) => {
    const { path, folder, facts, epoch } = closedHome()
    spoil(path)
    const spoilt = readFileSync(path)
    // After a power cut the machine has started anew.
    const { db, rebuilt } = open(path, { bootId: 'next boot' })
    const [aside] = named(folder, why === 'foreign' ? '.foreign-' : '.damaged-')
    expect(aside).toContain('20260309T230241Z')
    expect(readFileSync(join(folder, aside!)).equals(spoilt)).toBe(true)
    expect(rebuilt).toEqual({ atMs: NOW, why, aside, usageRows: 144 })
    expect(noteOf(db, 'rebuilt')).toEqual(rebuilt)
    expect(keptContents(db, null)).toEqual(facts)
    // Devices start over, and Amber is asked for everything it has.
    expect(ledger(db).epoch).not.toBe(epoch)
    expect(questionsOf(db, SITE).size).toBe(0)
  })

  it('takes its log and index with it', () => {
    const { path, folder } = closedHome()
    const writer = openForWriting(path, () => '')
    saveDays(writer, ['2026-03-04'])
    const cut = temporaryFolder()
    for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(cut, name))
    writer.close()
    truncateSync(join(cut, 'cache.sqlite'), 10 * PAGE)
    open(join(cut, 'cache.sqlite'), { bootId: 'next boot' })
    const [aside] = named(cut, '.damaged-').sort()
    for (const end of ['-wal', '-shm']) expect(readdirSync(cut)).toContain(`${aside}${end}`)
  })

  it('is noticed without another start of the machine, once something reads the page', () => {
    const { path, folder } = closedHome()
    spoilTable(path, 'usage')
    expect(open(path).rebuilt).toBeUndefined()
    expect(open(path, { isSuspect: true }).rebuilt).toMatchObject({ why: 'damaged', usageRows: 144 })
    expect(named(folder, '.damaged-').filter((name) => !/-(wal|shm)$/.test(name))).toHaveLength(1)
  })

  it('is looked through once a day, and after each start of the machine', () => {
    const { path } = closedHome()
    spoilTable(path, 'usage')
    expect(openGuarded(path, around({ nowMs: NOW + DAY - 1 })).rebuilt).toBeUndefined()
    expect(open(path, { nowMs: NOW + DAY }).rebuilt).toMatchObject({ why: 'damaged' })
  })

  it('is one of two at most; the oldest goes, what was never ours stays', () => {
    const { path, folder } = closedHome()
    foreign(path)
    openGuarded(path, around()).db.close()
    for (let hour = 1; hour <= 4; hour++) {
      writeFileSync(path, `letter ${hour} `.repeat(1000))
      openGuarded(path, around({ nowMs: NOW + hour * 3_600_000 })).db.close()
    }
    expect(named(folder, '.damaged-')).toEqual([
      'cache.sqlite.damaged-20260310T020241Z',
      'cache.sqlite.damaged-20260310T030241Z',
    ])
    const [photos] = named(folder, '.foreign-')
    const db = new Database(join(folder, photos!))
    expect(db.prepare('SELECT id FROM photo').pluck().get()).toBe(7)
    db.close()
  })

  it('by a clock that is years behind is not the one that goes', () => {
    const { path, folder } = closedHome()
    for (const nowMs of [NOW, NOW + 1000, Date.UTC(2020, 0, 1)]) {
      writeFileSync(path, `letter of ${nowMs} `.repeat(1000))
      openGuarded(path, around({ nowMs })).db.close()
    }
    expect(named(folder, '.damaged-')).toContain('cache.sqlite.damaged-20200101T000000Z')
    expect(named(folder, '.damaged-')).toHaveLength(2)
  })

  it('under a server that is reading it: the server goes on with the new one', () => {
    const { path } = closedHome()
    const reader = createReader(path)
    onTestFinished(reader.close)
    expect(usageBetween(reader.db()!, SITE, ALWAYS)).toHaveLength(144)
    const { db } = open(path, { isSuspect: true })
    expect(ledger(reader.db()!).epoch).toBe(ledger(db).epoch)
    saveDays(db, ['2026-03-04'])
    expect(usageBetween(reader.db()!, SITE, ALWAYS)).toHaveLength(192)
  })
})

describe('a log that was lost', () => {
  /** The file as it is without the log that held the last days. */
  function withoutLog() {
    const { path, folder } = closedHome()
    const writer = openForWriting(path, () => '')
    writer.pragma('wal_autocheckpoint = 0')
    saveDays(writer, ['2026-03-04'])
    secure(writer, keptPathOf(path))
    const facts = keptContents(writer, null)
    const cut = temporaryFolder()
    for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(cut, name))
    writer.close()
    return { folder: cut, path: join(cut, 'cache.sqlite'), facts }
  }

  it.each<[string, (wal: string) => void]>([
    ['is gone', (wal) => rmSync(wal)],
    ['is garbage', (wal) => writeFileSync(wal, Buffer.alloc(50_000, 0xa5))],
    ['is empty', (wal) => truncateSync(wal, 0)],
  ])('because it %s: the older state is not taken for the truth', (_, spoil) => {
    const { path, folder, facts } = withoutLog()
    spoil(`${path}-wal`)
    rmSync(`${path}-shm`, { force: true })
    const { db, rebuilt } = open(path)
    expect(rebuilt).toMatchObject({ why: 'lost-commits', usageRows: 192 })
    expect(keptContents(db, null)).toEqual(facts)
    expect(named(folder, '.damaged-').length).toBeGreaterThan(0)
  })

  it('is none when it is there', () => {
    const { path, facts } = withoutLog()
    rmSync(`${path}-shm`, { force: true })
    const { db, rebuilt } = open(path)
    expect(rebuilt).toBeUndefined()
    expect(keptContents(db, null)).toEqual(facts)
  })
})

describe('a rebuilding that was cut off', () => {
  it('after the database was renamed: its log follows it, and all is well', () => {
    const { path, folder, facts } = closedHome()
    renameSync(path, `${path}.damaged-20260301T000000Z`)
    writeFileSync(`${path}-wal`, 'log')
    const { db, rebuilt } = open(path)
    expect(rebuilt).toMatchObject({ why: 'missing', usageRows: 144 })
    expect(keptContents(db, null)).toEqual(facts)
    expect(readFileSync(join(folder, 'cache.sqlite.damaged-20260301T000000Z-wal'), 'utf8')).toBe('log')
  })

  it('while the new one was built: half of one is never taken for it', () => {
    const { path, facts } = closedHome()
    rmSync(path)
    writeFileSync(`${path}.new`, 'half')
    writeFileSync(`${path}.new-journal`, 'half')
    const { db } = open(path)
    expect(keptContents(db, null)).toEqual(facts)
    expect(existsSync(`${path}.new-journal`)).toBe(false)
  })
})

describe('the second copy', () => {
  it.each<[string, (path: string) => void]>([
    ['gone', (path) => rmSync(path)],
    ['damaged', (path) => truncateSync(path, 5 * PAGE)],
    ['empty', (path) => truncateSync(path, 0)],
  ])('that is %s is made anew from the database, which stays', (_, spoil) => {
    const { path, facts, epoch } = closedHome()
    const kept = keptPathOf(path)
    spoil(kept)
    const { db, rebuilt } = open(path, { bootId: 'next boot' })
    expect(rebuilt).toBeUndefined()
    expect(ledger(db).epoch).toBe(epoch)
    expect(secure(db, kept)).toBe(true)
    const copy = new Database(kept, { readonly: true })
    expect(keptContents(copy, null)).toEqual(facts)
    copy.close()
  })

  it('of a home is not touched by the demo’s; that of the demo makes room for a home’s', () => {
    const { path, facts } = closedHome()
    const demo = openForWriting(join(temporaryFolder(), 'cache.sqlite'), () => 'demo')
    onTestFinished(() => void demo.close())
    startOver(demo, 'demo', { demo: true })
    saveSite(demo, 'DEMO')
    expect(secure(demo, keptPathOf(path))).toBe(false)
    const contents = (file: string) => {
      const copy = new Database(file, { readonly: true })
      onTestFinished(() => void copy.close())
      return keptContents(copy, null)
    }
    expect(contents(keptPathOf(path))).toEqual(facts)
    const other = keptPathOf(join(temporaryFolder(), 'cache.sqlite'))
    expect(secure(demo, other)).toBe(true)
    expect(secure(open(path).db, other)).toBe(true)
    expect(contents(other)).toEqual(facts)
  })

  it('is not written when there is nothing new in it', () => {
    const { path } = closedHome()
    const { db } = open(path)
    expect(secure(db, keptPathOf(path))).toBe(false)
    saveUsage(db, SITE, [usageRow(nemDay('2026-03-05'))], NOW)
    expect(secure(db, keptPathOf(path))).toBe(true)
  })

  it('holds corrections, and rows of another length, as the database does', () => {
    const { path } = closedHome()
    const { db } = open(path)
    const fives = halfHours(DAYS[0]!).flatMap((startMs) =>
      Array.from({ length: 6 }, (_, index) =>
        usageRow(startMs + index * 300_000, { endMs: startMs + (index + 1) * 300_000, kwh: 0.01 }),
      ),
    )
    saveUsage(db, SITE, fives, NOW)
    // Told in both lengths at once: both are there.
    const [startMs] = halfHours(DAYS[1]!) as [number]
    saveUsage(db, SITE, [usageRow(startMs), usageRow(startMs, { endMs: startMs + 300_000 })], NOW)
    secure(db, keptPathOf(path))
    const copy = new Database(keptPathOf(path), { readonly: true })
    expect(keptContents(copy, null)).toEqual(keptContents(db, null))
    copy.close()
  })

  it('keeps of both lengths what the database keeps, while it goes from the one to the other', () => {
    const { path } = closedHome()
    const { db } = open(path)
    const [startMs] = halfHours(DAYS[1]!) as [number]
    const five = (index: number) =>
      usageRow(startMs + index * 300_000, { endMs: startMs + (index + 1) * 300_000, kwh: 0.01 })
    const copied = () => {
      secure(db, keptPathOf(path))
      const copy = new Database(keptPathOf(path), { readonly: true })
      expect(keptContents(copy, null)).toEqual(keptContents(db, null))
      copy.close()
    }
    copied()
    saveUsage(db, SITE, [0, 1, 2].map(five), NOW)
    copied()
    saveUsage(db, SITE, [3, 4, 5].map(five), NOW)
    copied()
  })

  /** Overwrites the first bytes of a file, from the one to the other. */
  const spoilBytes = (path: string, from: number, to: number): void => {
    const bytes = readFileSync(path)
    bytes.fill(0xa5, from, to)
    writeFileSync(path, bytes)
  }
  const letter = (path: string) => writeFileSync(path, 'x'.repeat(9000))

  it.each<[string, (path: string) => void, string]>([
    ['has a page of garbage', (path) => spoilTable(path, 'price_actual'), 'damaged'],
    ['has lost the name of the program that made it', (path) => spoilBytes(path, 68, 72), 'foreign'],
    ['has lost the number of its version', (path) => setVersion(path, 0x7a7a7a7a), 'foreign'],
    ['lacks a table', dropTable, 'foreign'],
    ['begins with garbage', (path) => spoilBytes(path, 0, 100), 'no-database'],
    ['has lost the length of its pages', (path) => spoilBytes(path, 16, 18), 'no-database'],
    [
      'has a first page of garbage, its list of tables included',
      (path) => spoilBytes(path, 0, PAGE),
      'no-database',
    ],
  ])('lost with a database that %s leaves usage, corrections and forecasts of it', (_, spoil, why) => {
    const { path, facts, folder } = closedHome()
    spoil(path)
    letter(keptPathOf(path))
    const spoilt = readFileSync(path)
    const { db, rebuilt } = open(path, { bootId: 'next boot' })
    expect(rebuilt).toMatchObject({ why, usageRows: 144 })
    expect(keptContents(db, null)).toEqual(facts)
    // What was set aside is as it was found, and no copy of it is left.
    expect(readFileSync(join(folder, rebuilt!.aside!)).equals(spoilt)).toBe(true)
    expect(named(folder, '.part')).toEqual([])
  })

  // Of what lies on the page, and only found by it, nothing can come back.
  const everything = { usage: 144, revisions: 3, vintages: 3 }
  it.each<[string, Partial<typeof everything>]>([
    ['ledger', {}],
    ['site', {}],
    ['site_channel', {}],
    ['tariff', {}],
    ['day_revision', {}],
    ['note', {}],
    ['usage_revision', { revisions: 0 }],
    ['forecast_vintage', { vintages: 0 }],
    ['site_number', {}],
    ['sqlite_autoindex_site_number_1', {}],
    ['register', {}],
    ['sqlite_autoindex_register_1', {}],
  ])('lost with the page of %s leaves all the rest', (table, lost) => {
    const { path } = closedHome()
    spoilTable(path, table)
    letter(keptPathOf(path))
    const { db } = open(path, { bootId: 'next boot' })
    const { usage, revisions, vintages } = keptContents(db, null)
    expect({ usage, revisions, vintages }).toEqual({ ...everything, ...lost })
  })

  it('lost with both places that name the sites leaves no facts, and what was set aside still has them', () => {
    const { path, folder } = closedHome()
    for (const place of ['site_number', 'sqlite_autoindex_site_number_1']) spoilTable(path, place)
    letter(keptPathOf(path))
    const { db, rebuilt } = open(path, { bootId: 'next boot' })
    expect(keptContents(db, null)).toMatchObject({ usage: 0, revisions: 0, vintages: 0 })
    const aside = new Database(join(folder, rebuilt!.aside!), { readonly: true })
    expect(aside.prepare('SELECT count(*) FROM usage').pluck().get()).toBe(144)
    aside.close()
  })

  it('lost with a database that has no ledger leaves all the rest', () => {
    const { path, facts } = closedHome()
    const db = new Database(path)
    db.exec('DELETE FROM ledger')
    db.close()
    letter(keptPathOf(path))
    expect(keptContents(open(path).db, null)).toEqual(facts)
  })

  it.each([
    ['the demo’s', SITE, true],
    ['a home’s', 'another', false],
  ])(
    'lost with a database whose ledger is damaged leaves facts that are still known for %s',
    (_, demoSiteId, demo) => {
      const { path, facts } = closedHome()
      spoilTable(path, 'ledger')
      letter(keptPathOf(path))
      const { db } = open(path, { demoSiteId })
      expect(ledger(db).demo).toBe(demo)
      expect(keptContents(db, null)).toEqual(facts)
    },
  )

  it('damaged as well gives back a home’s facts, and none of a demo’s that lie beside them', () => {
    const { path, facts } = closedHome()
    rmSync(path)
    const demo = openForWriting(path, () => 'demo')
    startOver(demo, 'demo', { demo: true })
    saveSite(demo, 'DEMO')
    saveDays(demo, ['2026-03-05'], 'DEMO')
    demo.close()
    for (const file of [path, keptPathOf(path)]) spoilTable(file, 'price_actual')
    const { db, rebuilt } = open(path)
    expect(rebuilt).toMatchObject({ usageRows: 144 })
    expect(ledger(db).demo).toBe(false)
    expect(keptContents(db, null)).toEqual(facts)
  })

  it('of which the page is damaged that says what it is a copy of is made anew, and the database stays', () => {
    const { path, folder, facts } = closedHome()
    spoilTable(keptPathOf(path), 'note')
    const { db, rebuilt } = open(path)
    expect(rebuilt).toBeUndefined()
    expect(named(folder, 'cache-kept.sqlite.damaged-')).toHaveLength(1)
    expect(keptContents(db, null)).toEqual(facts)
  })

  it('with a beginning of garbage, lost with all of the database, gives back what it has', () => {
    const { path, facts } = closedHome()
    letter(path)
    spoilBytes(keptPathOf(path), 0, 100)
    const { db, rebuilt } = open(path, { bootId: 'next boot' })
    expect(rebuilt).toMatchObject({ why: 'no-database', usageRows: 144 })
    expect(keptContents(db, null)).toEqual(facts)
  })

  it('lost with a database whose log was not yet carried over: the log counts', () => {
    const { path, folder } = closedHome()
    const writer = openForWriting(path, () => '')
    writer.pragma('wal_autocheckpoint = 0')
    // Not so much that the file grows: then the log would hold its beginning as well.
    saveUsage(writer, SITE, [usageRow(nemDay(DAYS[0]!), { kwh: 0.75 })], NOW)
    const facts = keptContents(writer, null)
    const cut = temporaryFolder()
    for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(cut, name))
    writer.close()
    const there = join(cut, 'cache.sqlite')
    rmSync(`${there}-shm`)
    spoilBytes(there, 0, 100)
    letter(keptPathOf(there))
    const { db, rebuilt } = open(there, { bootId: 'next boot' })
    expect(rebuilt).toMatchObject({ why: 'no-database', usageRows: 144 })
    expect(keptContents(db, null)).toEqual(facts)
  })

  it('lost with a file that never was ours gives nothing, and no error', () => {
    const { path, folder } = closedHome()
    foreign(path)
    letter(keptPathOf(path))
    const { db, rebuilt } = open(path)
    expect(rebuilt).toMatchObject({ why: 'foreign', usageRows: 0 })
    expect(usageBetween(db, SITE, ALWAYS)).toEqual([])
    expect(named(folder, '.part')).toEqual([])
  })
})

describe('a database of an earlier form', () => {
  it.each(Array.from({ length: SCHEMA_VERSION - 1 }, (_, index) => index + 1))(
    '(%i) is brought up to date, and stays what it is',
    (form) => {
      const path = join(temporaryFolder(), 'cache.sqlite')
      const old = new Database(path)
      old.pragma(`page_size = ${PAGE}`)
      migrate(old, form)
      beginLedger(old, () => 'before')
      old.exec(`INSERT INTO site_number VALUES (1, '${SITE}');
      INSERT INTO question (site_no, name, answered_at_ms) VALUES (1, 'prices week 1', ${NOW})`)
      old.close()
      const { db, rebuilt } = open(path)
      expect([rebuilt, ledger(db).epoch]).toEqual([undefined, 'before'])
      expect(questionsOf(db, SITE).get('prices week 1')).toEqual({
        answeredAtMs: NOW,
        emptyAnswers: 0,
        shortAnswers: 0,
        failures: 0,
      })
      saveDays(db, DAYS)
      secure(db, keptPathOf(path))
      expect([path, keptPathOf(path)].map((file) => inspect(file, { deep: true }))).toEqual([
        'sound',
        'sound',
      ])
    },
  )
})

describe('what is no damage sets nothing aside', () => {
  const untouched = (folder: string) =>
    expect(readdirSync(folder).filter((name) => /aside|damaged|foreign|\.new/.test(name))).toEqual([])

  it('a file that another program holds', () => {
    const { path, folder } = closedHome()
    const other = new Database(path)
    other.pragma('locking_mode = EXCLUSIVE')
    other.exec('BEGIN EXCLUSIVE')
    expect(() => openGuarded(path, around())).toThrow(expect.objectContaining({ kind: 'busy' }))
    other.close()
    untouched(folder)
    expect(open(path).rebuilt).toBeUndefined()
  })

  it('a file of a newer version', () => {
    const { path, folder } = closedHome()
    setVersion(path, 99)
    expect(() => openGuarded(path, around())).toThrow(expect.objectContaining({ kind: 'newer-schema' }))
    untouched(folder)
  })

  it('a note that cannot be written: nothing of it stays open, and the next time it is written', () => {
    const { path } = closedHome()
    // No note can hold this.
    const bootId = 1n as unknown as string
    expect(() => openGuarded(path, around({ bootId }))).toThrow('BigInt')
    expect(openFiles(path)).toEqual([])
    expect(noteOf<{ bootId: string }>(open(path, { bootId: 'the next' }).db, 'checked')?.bootId).toBe(
      'the next',
    )
  })

  it('a folder in its place', () => {
    const folder = temporaryFolder()
    expect(() => openGuarded(folder, around())).toThrow(expect.objectContaining({ kind: 'not-writable' }))
  })

  /** The real sync, on a network without an Amber; as the last one met none either, it does not wait for it. */
  const sync = (path: string, how: { kB?: number; uid?: number } = {}) => {
    const { status, stdout } = spawnSync(
      'bash',
      [
        '-c',
        `ulimit -f ${how.kB ?? 'unlimited'}; exec "$@"`,
        'bash',
        process.execPath,
        'backend/home-energy.mjs',
        'sync',
      ],
      {
        cwd: ROOT,
        env: {
          PATH: process.env.PATH,
          SQLITE_PATH: path,
          AMBER_TOKEN: 'psk_00000000000000000000000000000000',
          AMBER_API_URL: 'http://127.0.0.1:9/v1',
        },
        encoding: 'utf8',
        ...(how.uid && { uid: how.uid, gid: how.uid }),
      },
    )
    return { status, stdout }
  }

  it('a full disk: the server goes on, the sync says so, and goes on itself once there is room', () => {
    const { path, folder, facts } = closedHome()
    const reader = createReader(path)
    onTestFinished(reader.close)
    const runs = () => reader.db()!.prepare('SELECT count(*) FROM sync_run').pluck().get()
    expect(runs()).toBe(1)
    expect(sync(path, { kB: 8 })).toEqual({
      status: 1,
      stdout: expect.stringContaining('is full: make room'),
    })
    untouched(folder)
    expect(keptContents(reader.db()!, null)).toEqual(facts)
    expect(sync(path)).toEqual({ status: 0, stdout: expect.stringContaining('the cache was kept') })
    expect(runs()).toBe(2)
  })

  it('a disk that may not be written', () => {
    const { path, folder, epoch } = closedHome()
    const isRoot = process.getuid?.() === 0
    const NOBODY = 65_534
    if (isRoot)
      for (const name of ['.', ...readdirSync(folder)]) chownSync(join(folder, name), NOBODY, NOBODY)
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444)
    chmodSync(folder, 0o555)
    expect(sync(path, isRoot ? { uid: NOBODY } : {})).toEqual({
      status: 1,
      stdout: expect.stringContaining('make its folder writable'),
    })
    chmodSync(folder, 0o755)
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644)
    untouched(folder)
    const { db, rebuilt } = open(path)
    expect([rebuilt, ledger(db).epoch]).toEqual([undefined, epoch])
  })
})
