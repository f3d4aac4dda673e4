// npm run backup and npm run restore, as the commands a person runs, on real files.
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import { backupCommand } from '../../backend/commands/backup.ts'
import { restoreCommand } from '../../backend/commands/restore.ts'
import type { SettingsRecord } from '../../backend/domain/settings/settings-record.ts'
import { readSeal } from '../../backend/store/backup-file.ts'
import { inspect } from '../../backend/store/inspect.ts'
import { keptContents } from '../../backend/store/kept-contents.ts'
import { keptPathOf } from '../../backend/store/kept-copy.ts'
import { lastBackup } from '../../backend/store/last-backup.ts'
import { ledger, startOver } from '../../backend/store/ledger.ts'
import { SCHEMA_VERSION } from '../../backend/store/migrate.ts'
import { openForReading } from '../../backend/store/open.ts'
import { noteAnswer, questionsOf } from '../../backend/store/questions.ts'
import { createReader } from '../../backend/store/reader.ts'
import { createSettingsFile, settingsFilePath } from '../../backend/store/settings-file.ts'
import { nextSyncRunId, recordSyncRun } from '../../backend/store/sync-runs.ts'
import { saveUsage, usageBetween } from '../../backend/store/usage.ts'
import { usageRevisionsBetween } from '../../backend/store/usage-revisions.ts'
import { vintagesBetween } from '../../backend/store/vintages.ts'
import { takeLock } from '../../backend/sync/lock.ts'
import {
  ALWAYS,
  DAY,
  freshStore,
  halfHours,
  MINUTE,
  nemDay,
  SITE,
  saveDays,
  saveSite,
  usageRow,
} from './sample-rows.ts'
import { temporaryFolder } from './temporary.ts'

const ROOT = join(import.meta.dirname, '../..')
const NOW = Date.parse('2026-03-10T10:02:41+11:00')
const OLD_DAYS = ['2025-06-01', '2025-06-02', '2025-06-03']

/** Runs a command as a person would, in that home; sleeping is told and takes no time. */
async function run(
  command: typeof backupCommand,
  folder: string,
  args: readonly string[],
  { onSleep, env = {} }: { onSleep?: () => void; env?: Record<string, string> } = {},
) {
  const printed: string[] = []
  const code = await command({
    root: ROOT,
    args,
    folder,
    env: { SQLITE_PATH: join(folder, 'cache.sqlite'), ...env },
    now: () => NOW,
    sleep: async () => onSleep?.(),
    log: (line) => printed.push(line),
    print: (text) => printed.push(text),
    stop: new Promise(() => {}),
  })
  return { code, text: printed.join('\n') }
}

const settingsOfHome: SettingsRecord = {
  billingDay: { value: 12, revision: 3, writer: 'phone' },
  plans: { value: [], revision: 4, writer: 'phone' },
}

/** A home whose database holds these days, with settings; answered by Amber last at that time. */
function home({ days = OLD_DAYS, answeredAtMs = NOW - DAY, settings = settingsOfHome, siteId = SITE } = {}) {
  const folder = temporaryFolder()
  const store = freshStore(join(folder, 'cache.sqlite'), `epoch of ${days[0]}`)
  if (days.length > 0) {
    saveSite(store.db, siteId)
    saveDays(store.db, days, siteId)
    recordSyncRun(store.db, nextSyncRunId(store.db), {
      startedAtMs: answeredAtMs,
      finishedAtMs: answeredAtMs,
      outcome: 'ok',
      amberRequests: 1,
      answeredAtMs,
    })
  }
  createSettingsFile(settingsFilePath(store.path)).merge(settings)
  return { folder, ...store }
}

async function backedUp(from = home()): Promise<string> {
  const file = join(temporaryFolder(), 'home.backup')
  expect(await run(backupCommand, from.folder, [file])).toMatchObject({ code: 0 })
  return file
}

const factsOf = (db: Database.Database) => keptContents(db, null)
const settingsAt = (folder: string) => createSettingsFile(join(folder, 'settings.json')).read()

describe('a backup', () => {
  it('holds usage, corrections, forecasts as they were made and settings, says so, and is read again', async () => {
    const from = home()
    const result = await run(backupCommand, from.folder, ['home.backup'])
    expect(result.text).toContain('144 rows of usage, 3 corrections, 3 sets of forecasts, 2 settings')
    expect(result.text).toContain('read again and whole')
    const file = join(from.folder, 'home.backup')
    expect(readSeal(file)).toMatchObject({ usage: 144, settings: 2, demo: false, answeredAtMs: NOW - DAY })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    // One file, whole in itself, and no price: Amber has those.
    expect(readdirSync(from.folder).filter((name) => name.startsWith('home.backup'))).toEqual(['home.backup'])
    const db = new Database(file, { readonly: true })
    expect(db.prepare('SELECT count(*) FROM price_actual').pluck().get()).toBe(0)
    db.close()
  })

  it('is noted beside the database, and is one also where that cannot be', async () => {
    const { folder, path } = home()
    const file = join(folder, 'home.backup')
    expect(lastBackup(path)).toBeUndefined()
    await run(backupCommand, folder, [file])
    expect(lastBackup(path)).toEqual({ madeAtMs: NOW, file, demo: false })
    rmSync(join(folder, 'last-backup.json'))
    mkdirSync(join(folder, 'last-backup.json.next'))
    const { code, text } = await run(backupCommand, folder, [file])
    expect([code, text]).toEqual([0, expect.stringContaining('The Status screen will not tell of it')])
    expect(readSeal(file).madeAtMs).toBe(NOW)
  })

  it('never holds the token', async () => {
    const from = home()
    const token = 'psk_abcdefabcdefabcdefabcdefabcdef12'
    const env = { AMBER_TOKEN: token }
    await run(backupCommand, from.folder, ['home.backup'], { env })
    expect(readFileSync(join(from.folder, 'home.backup')).includes(token)).toBe(false)
  })

  it('is made while a refresh writes, of one moment', async () => {
    const from = home()
    from.db.exec('BEGIN IMMEDIATE')
    saveUsage(from.db, SITE, [usageRow(nemDay('2025-06-04'))], NOW)
    const file = await backedUp(from)
    from.db.exec('COMMIT')
    expect(readSeal(file).usage).toBe(144)
  })

  it('takes the place of an older backup, and of nothing else', async () => {
    const from = home()
    const file = join(from.folder, 'home.backup')
    for (let time = 0; time < 2; time++)
      expect(await run(backupCommand, from.folder, [file])).toMatchObject({ code: 0 })
    const letter = join(from.folder, 'letter.txt')
    writeFileSync(letter, 'Dear aunt')
    for (const name of [letter, from.path])
      expect(await run(backupCommand, from.folder, [name])).toMatchObject({
        code: 1,
        text: expect.stringContaining('is no backup: name another file'),
      })
    expect(readFileSync(letter, 'utf8')).toBe('Dear aunt')
    expect(inspect(from.path, { deep: true })).toBe('sound')
  })

  it.each([
    [[], 64, 'usage: npm run backup -- FILE'],
    [['a', 'b'], 64, 'usage'],
    [['no/such/folder/file'], 1, 'is the stick or disk mounted there?'],
  ])('asked for with %j exits with %i', async (args, code, words) => {
    expect(await run(backupCommand, home().folder, args)).toMatchObject({
      code,
      text: expect.stringContaining(words),
    })
  })

  it('of nothing says that there is nothing', async () => {
    expect(await run(backupCommand, temporaryFolder(), ['file'])).toMatchObject({
      code: 1,
      text: expect.stringContaining('nothing to back up'),
    })
  })
})

describe('restored onto a new card', () => {
  it('everything is as it was, under a new name, by which devices start over', async () => {
    const from = home()
    const to = home({ days: [], settings: {} })
    const reader = createReader(to.path)
    const before = { epoch: ledger(to.db).epoch, version: reader.version() }
    const result = await run(restoreCommand, to.folder, [await backedUp(from)])
    expect(result).toMatchObject({ code: 0 })
    expect(factsOf(to.db)).toEqual(factsOf(from.db))
    expect(settingsAt(to.folder)).toEqual(settingsOfHome)
    expect(ledger(to.db).epoch).not.toBe(before.epoch)
    expect(ledger(to.db).epoch).not.toBe(ledger(from.db).epoch)
    // The running server notices by itself.
    expect(reader.version()).not.toBe(before.version)
    expect(reader.db() && usageBetween(reader.db()!, SITE, ALWAYS)).toHaveLength(144)
    reader.close()
  })

  it('before anything else was there, it makes the database', async () => {
    const folder = temporaryFolder()
    expect(await run(restoreCommand, folder, [await backedUp()])).toMatchObject({ code: 0 })
    const db = openForReading(join(folder, 'cache.sqlite'))
    expect(db && usageBetween(db, SITE, ALWAYS)).toHaveLength(144)
    db?.close()
    expect(
      readdirSync(folder)
        .filter((name) => !/-(wal|shm)$/.test(name))
        .sort(),
    ).toEqual(['cache-kept.sqlite', 'cache.sqlite', 'cache.sqlite.lock', 'settings.json'])
  })

  it('the second copy holds it at once', async () => {
    const to = home({ days: [] })
    await run(restoreCommand, to.folder, [await backedUp()])
    const kept = new Database(keptPathOf(to.path), { readonly: true })
    expect(factsOf(kept)).toEqual(factsOf(to.db))
    kept.close()
  })

  it('a demo household makes room', async () => {
    const to = home({ days: ['2026-01-01'] })
    startOver(to.db, 'demo', { demo: true })
    saveDays(to.db, ['2026-01-02'], 'DEMO')
    await run(restoreCommand, to.folder, [await backedUp()])
    expect(ledger(to.db).demo).toBe(false)
    expect(usageBetween(to.db, 'DEMO', ALWAYS)).toEqual([])
    expect(usageBetween(to.db, SITE, ALWAYS)).toHaveLength(144)
  })
})

describe('restored into a database in use', () => {
  const NEWER = ['2026-03-08', '2026-03-09']

  it('adds what is missing and takes nothing away; what was there is kept aside, whole', async () => {
    const file = await backedUp()
    const to = home({ days: NEWER, answeredAtMs: NOW })
    const before = factsOf(to.db)
    const { text } = await run(restoreCommand, to.folder, [file])
    expect(usageBetween(to.db, SITE, ALWAYS)).toHaveLength(5 * 48)
    expect(vintagesBetween(to.db, SITE, 'general', { fromMs: 0, toMs: NOW })).toHaveLength(5)
    expect(usageRevisionsBetween(to.db, SITE, ALWAYS)).toHaveLength(5)
    expect(to.db.prepare('SELECT count(*) FROM price_actual').pluck().get()).toBe(96)
    const [aside] = readdirSync(to.folder).filter((name) => name.startsWith('cache.sqlite.before-restore-'))
    expect(text).toContain(`kept as ${join(to.folder, aside!)}`)
    const kept = new Database(join(to.folder, aside!), { readonly: true })
    expect(factsOf(kept)).toEqual(before)
    expect(kept.prepare('SELECT count(*) FROM price_actual').pluck().get()).toBe(96)
    kept.close()
  })

  it('twice is once', async () => {
    const file = await backedUp()
    const to = home({ days: NEWER, answeredAtMs: NOW })
    await run(restoreCommand, to.folder, [file])
    const once = [factsOf(to.db), settingsAt(to.folder)]
    expect((await run(restoreCommand, to.folder, [file])).text).toContain('Put back: 0 rows of usage')
    expect([factsOf(to.db), settingsAt(to.folder)]).toEqual(once)
    for (let time = 0; time < 3; time++) await run(restoreCommand, to.folder, [file])
    const asides = readdirSync(to.folder).filter((name) => name.includes('before-restore'))
    expect(asides.filter((name) => name.startsWith('cache'))).toHaveLength(2)
  })

  it.each([
    ['the backup', NOW - 2 * DAY, 0.25],
    ['the database', NOW, 0.5],
  ])('of a row that both have, that of %s stands if it is the newer one', async (_, answeredAtMs, kwh) => {
    const file = await backedUp()
    const to = home({ days: [OLD_DAYS[0]!], answeredAtMs })
    saveUsage(to.db, SITE, [usageRow(nemDay(OLD_DAYS[0]!), { kwh: 0.5 })], NOW)
    await run(restoreCommand, to.folder, [file])
    expect(usageBetween(to.db, SITE, ALWAYS)[0]?.kwh).toBe(kwh)
  })

  it.each([
    [NOW, 288 + 48 + 48],
    [NOW - 2 * DAY, 144],
  ])('never counts a time twice that is told in rows of another length', async (answeredAtMs, rows) => {
    const file = await backedUp()
    const to = home({ days: [] })
    saveSite(to.db)
    const fives = halfHours(OLD_DAYS[0]!).flatMap((startMs) =>
      Array.from({ length: 6 }, (_, index) =>
        usageRow(startMs + index * 5 * MINUTE, { endMs: startMs + (index + 1) * 5 * MINUTE }),
      ),
    )
    saveUsage(to.db, SITE, fives, NOW)
    recordSyncRun(to.db, 1, { startedAtMs: answeredAtMs, amberRequests: 1, answeredAtMs })
    await run(restoreCommand, to.folder, [file])
    expect(usageBetween(to.db, SITE, ALWAYS)).toHaveLength(rows)
  })

  it('puts settings back as decisions of now, keeps those that came later, and the file as it was', async () => {
    const file = await backedUp()
    const now: SettingsRecord = {
      billingDay: { value: 28, revision: 9, writer: 'kitchen' },
      quietHours: { value: null, revision: 8, writer: 'kitchen' },
    }
    const to = home({ days: NEWER, settings: now })
    await run(restoreCommand, to.folder, [file])
    expect(settingsAt(to.folder)).toEqual({
      billingDay: { value: 12, revision: 10, writer: 'backup' },
      plans: settingsOfHome.plans,
      quietHours: now.quietHours,
    })
    const [aside] = readdirSync(to.folder).filter((name) => name.startsWith('settings.json.before-restore-'))
    expect(JSON.parse(readFileSync(join(to.folder, aside!), 'utf8'))).toEqual(now)
  })

  it('has Amber asked again about usage and sites, and not about prices that are here', async () => {
    const to = home({ days: NEWER, answeredAtMs: NOW })
    for (const name of ['usage days', 'usage week 2900', 'prices days'])
      noteAnswer(to.db, SITE, name, { atMs: NOW, isEmpty: false })
    noteAnswer(to.db, undefined, 'sites', { atMs: NOW, isEmpty: false })
    await run(restoreCommand, to.folder, [await backedUp()])
    expect([...questionsOf(to.db, SITE).keys()]).toEqual(['prices days'])
    expect([...questionsOf(to.db, undefined).keys()]).toEqual([])
  })

  it('mends a damaged one first, and sets it aside', async () => {
    const file = await backedUp()
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'cache.sqlite'), 'x'.repeat(8192))
    expect(await run(restoreCommand, folder, [file])).toMatchObject({ code: 0 })
    expect(readdirSync(folder).filter((name) => name.includes('.damaged-'))).toHaveLength(1)
    const db = openForReading(join(folder, 'cache.sqlite'))
    expect(db && usageBetween(db, SITE, ALWAYS)).toHaveLength(144)
    db?.close()
  })

  it('waits for a refresh that is running, and says so', async () => {
    const file = await backedUp()
    const to = home({ days: NEWER })
    let lock = takeLock(to.path)
    let sleeps = 0
    const onSleep = () => {
      sleeps += 1
      if (sleeps === 3) lock?.release()
    }
    const result = await run(restoreCommand, to.folder, [file], { onSleep })
    expect(result).toMatchObject({ code: 0, text: expect.stringContaining('waiting for its end') })
    expect(sleeps).toBe(3)
    lock = takeLock(to.path)
    expect(await run(restoreCommand, to.folder, [file])).toMatchObject({
      code: 1,
      text: expect.stringContaining('does not end'),
    })
    lock?.release()
  })

  it('warns where RETENTION_DAYS will drop it again', async () => {
    const env = { RETENTION_DAYS: '100' }
    const { text } = await run(restoreCommand, home({ days: NEWER }).folder, [await backedUp()], { env })
    expect(text).toContain('RETENTION_DAYS=100 is set: refreshes will drop')
  })
})

describe('a file that is refused, and nothing is changed', () => {
  let good: string
  beforeAll(async () => {
    const folder = temporaryFolder('suite')
    const file = await backedUpOutsideOfATest(folder)
    good = file
  })

  /** Its stores live as long as the process: there is no test whose end could close them. */
  async function backedUpOutsideOfATest(folder: string): Promise<string> {
    const { openForWriting } = await import('../../backend/store/open.ts')
    const db = openForWriting(join(folder, 'cache.sqlite'), () => 'epoch')
    saveSite(db)
    saveDays(db, OLD_DAYS)
    db.close()
    const file = join(folder, 'home.backup')
    expect(await run(backupCommand, folder, [file])).toMatchObject({ code: 0 })
    return file
  }

  const spoiled = (spoil: (file: string) => void) => {
    const file = join(temporaryFolder(), 'spoiled.backup')
    copyFileSync(good, file)
    spoil(file)
    return file
  }
  const edit = (file: string, sql: string) => {
    const db = new Database(file)
    db.exec(sql)
    db.close()
  }
  const overwrite = (file: string, at: number, bytes: Buffer) => {
    const all = readFileSync(file)
    bytes.copy(all, at)
    writeFileSync(file, all)
  }

  it.each<[string, () => string, string]>([
    ['is not there', () => '/no/such/file', 'There is no /no/such/file.'],
    ['is a folder', () => temporaryFolder(), 'is not a file'],
    ['is empty', () => spoiled((file) => truncateSync(file, 0)), 'no backup of this program'],
    [
      'is a letter',
      () => spoiled((file) => writeFileSync(file, 'Dear aunt, '.repeat(500))),
      'cut off or damaged',
    ],
    [
      'is cut off in the middle',
      () => spoiled((file) => truncateSync(file, Math.floor(statSync(file).size / 2))),
      'cut off or damaged',
    ],
    [
      'lacks its last page',
      () => spoiled((file) => truncateSync(file, statSync(file).size - 2048)),
      'cut off or damaged',
    ],
    [
      'has a page of garbage',
      () => spoiled((file) => overwrite(file, 20 * 2048, Buffer.alloc(2048, 0xa5))),
      'cut off or damaged',
    ],
    [
      'says another amount of energy in one row',
      () =>
        spoiled((file) =>
          edit(file, 'UPDATE usage SET kwh = kwh + 1 WHERE end_minute = (SELECT max(end_minute) FROM usage)'),
        ),
      'cut off or damaged',
    ],
    [
      'has another setting',
      () => spoiled((file) => edit(file, `UPDATE note SET value = '{"a":1}' WHERE name = 'household'`)),
      'cut off or damaged',
    ],
    [
      'is another program’s database',
      () => {
        const file = join(temporaryFolder(), 'photos.sqlite')
        edit(file, 'CREATE TABLE photo (id INTEGER)')
        return file
      },
      'no backup of this program',
    ],
    [
      'is a cache and no backup',
      () => {
        const { db, path } = home()
        db.pragma('wal_checkpoint(TRUNCATE)')
        return path
      },
      'but no backup',
    ],
    [
      'is of a newer version',
      () => spoiled((file) => edit(file, `PRAGMA user_version = ${SCHEMA_VERSION + 1}`)),
      'made by a newer version of this program: update this one first',
    ],
  ])('because it %s', async (_, make, words) => {
    const to = home({ days: ['2026-03-08'] })
    const before = [factsOf(to.db), ledger(to.db), settingsAt(to.folder)]
    const files = readdirSync(to.folder).sort()
    const file = make()
    const { code, text } = await run(restoreCommand, to.folder, [file])
    expect({ code, text }).toEqual({ code: 1, text: expect.stringContaining(words) })
    expect(text).not.toContain('.restoring')
    expect([factsOf(to.db), ledger(to.db), settingsAt(to.folder)]).toEqual(before)
    expect(readdirSync(to.folder).filter((name) => !files.includes(name))).toEqual(['cache.sqlite.lock'])
  })

  it('because it is of another household', async () => {
    const to = home({ days: ['2026-03-08'], siteId: 'S2' })
    const before = factsOf(to.db)
    expect(await run(restoreCommand, to.folder, [good])).toMatchObject({
      code: 1,
      text: expect.stringContaining('of another household'),
    })
    expect(factsOf(to.db)).toEqual(before)
  })

  it('because it is of the demo, and the database of a real home', async () => {
    const demo = home({ days: [] })
    startOver(demo.db, 'demo', { demo: true })
    saveDays(demo.db, OLD_DAYS)
    const to = home({ days: ['2026-03-08'] })
    expect(await run(restoreCommand, to.folder, [await backedUp(demo)])).toMatchObject({
      code: 1,
      text: expect.stringContaining('demo household'),
    })
  })
})

describe('cut off at any write, as of kill -9', () => {
  /** The real program; its exit code, or null where it was killed. */
  const program = (folder: string, command: string, file: string, env: Record<string, string>) =>
    spawnSync(
      process.execPath,
      ['--import', join(ROOT, 'tests/backend/die-at-write.mjs'), 'backend/home-energy.mjs', command, file],
      {
        cwd: ROOT,
        env: { ...process.env, SQLITE_PATH: join(folder, 'cache.sqlite'), ...env },
        encoding: 'utf8',
      },
    ).status

  function copyOf(folder: string): string {
    const copy = temporaryFolder()
    for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(copy, name))
    return copy
  }
  const writesOf = (folder: string, command: string, file: string): number => {
    const told = join(temporaryFolder(), 'count')
    expect(program(folder, command, file, { COUNT_TO: told })).toBe(0)
    return Number(readFileSync(told, 'utf8'))
  }
  const moments = (writes: number) => [0.4, 0.8, 1].map((part) => Math.ceil(writes * part))

  it('a restore has done nothing or everything, and done again it is done', async () => {
    const file = await backedUp()
    const { folder, db } = home({ days: ['2026-03-08'], answeredAtMs: NOW })
    db.pragma('wal_checkpoint(TRUNCATE)')
    const before = factsOf(db)
    const done = copyOf(folder)
    const writes = writesOf(done, 'restore', file)
    expect(writes).toBeGreaterThan(200)
    const at = (home: string) => {
      expect(inspect(join(home, 'cache.sqlite'), { deep: true })).toBe('sound')
      const opened = openForReading(join(home, 'cache.sqlite'))!
      const facts = factsOf(opened)
      opened.close()
      return facts
    }
    const after = at(done)
    expect(after.usage).toBe(before.usage + 144)
    const seen = new Set<string>()
    for (const moment of moments(writes)) {
      const cut = copyOf(folder)
      expect(program(cut, 'restore', file, { DIE_AT: String(moment) })).toBeNull()
      seen.add(at(cut).fingerprint)
      expect(program(cut, 'restore', file, {})).toBe(0)
      expect(at(cut)).toEqual(after)
      expect(readdirSync(cut).filter((name) => /restoring|part/.test(name))).toEqual([])
    }
    expect(seen).toEqual(new Set([before.fingerprint, after.fingerprint]))
  })

  it('a backup leaves the older one as it was', async () => {
    const from = home()
    const file = await backedUp(from)
    const older = readFileSync(file)
    saveDays(from.db, ['2025-06-04'])
    const writes = writesOf(from.folder, 'backup', join(temporaryFolder(), 'other.backup'))
    for (const moment of moments(writes)) {
      expect(program(from.folder, 'backup', file, { DIE_AT: String(moment) })).toBeNull()
      expect(readFileSync(file).equals(older)).toBe(true)
    }
    expect(program(from.folder, 'backup', file, {})).toBe(0)
    expect(readSeal(file).usage).toBe(4 * 48)
    expect(existsSync(`${file}.part`)).toBe(false)
  })
})

describe('on a full disk', () => {
  /** The system refuses every file to grow above so many kB, as a full disk would. */
  const withRoomFor = (kB: number, folder: string, command: string, file: string) =>
    spawnSync(
      'bash',
      [
        '-c',
        `ulimit -f ${kB}; exec "$@"`,
        'bash',
        process.execPath,
        'backend/home-energy.mjs',
        command,
        file,
      ],
      { cwd: ROOT, env: { ...process.env, SQLITE_PATH: join(folder, 'cache.sqlite') }, encoding: 'utf8' },
    )

  it('a backup says so, and leaves the older one and nothing else', async () => {
    const from = home()
    const file = await backedUp(from)
    const older = readFileSync(file)
    saveDays(from.db, ['2025-06-04', '2025-06-05'])
    from.db.pragma('wal_checkpoint(TRUNCATE)')
    const { status, stdout } = withRoomFor(20, from.folder, 'backup', file)
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining('is full: make room') })
    expect(readFileSync(file).equals(older)).toBe(true)
    expect(existsSync(`${file}.part`)).toBe(false)
  })

  it.each<[string, (file: string, wal: string) => number]>([
    ['its own copy of the file', (file) => statSync(file).size - 8192],
    // A reader keeps what is in the log from being carried over, so the log can only grow.
    ['the change', (_, wal) => statSync(wal).size + 8192],
  ])('a restore without room for %s changes nothing, and says so', async (_, room) => {
    const file = await backedUp()
    const days = ['2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08']
    const { folder, db, path } = home({ days, answeredAtMs: NOW })
    const before = [factsOf(db), ledger(db)]
    const kB = Math.ceil(room(file, `${path}-wal`) / 1024)
    const { status, stdout } = withRoomFor(kB, folder, 'restore', file)
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining('is full: make room') })
    expect([factsOf(db), ledger(db)]).toEqual(before)
    expect(readdirSync(folder).filter((name) => /restoring|part$/.test(name))).toEqual([])
  })
})

it('a backup in a folder that is made on purpose may be anywhere', async () => {
  const from = home()
  mkdirSync(join(from.folder, 'usb stick'))
  const file = join(from.folder, 'usb stick', 'home energy.backup')
  expect(await run(backupCommand, from.folder, [file])).toMatchObject({ code: 0 })
  expect(await run(restoreCommand, home({ days: [] }).folder, [file])).toMatchObject({ code: 0 })
})
