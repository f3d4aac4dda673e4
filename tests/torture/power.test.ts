// The instruments of "npm run torture -- power", which takes too long to be run here: each is shown what it must notice.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { PriceInterval } from '../../backend/domain/price.ts'
import { openForWriting } from '../../backend/store/open.ts'
import { savePrices } from '../../backend/store/prices.ts'
import { createSettingsFile } from '../../backend/store/settings-file.ts'
import { recordSyncRun } from '../../backend/store/sync-runs.ts'
import { temporaryFolder } from '../backend/temporary.ts'
import { inspect } from './power/autopsy.ts'
import { type Found, judge, type Told } from './power/judge.ts'
import { luckOf, momentOf } from './power/moments.ts'
import { missing } from './power/needed.ts'
import { openVolatileDisk, SECTOR_BYTES } from './power/volatile-disk.ts'
import { priceKey } from './power/witness.ts'

const sectors = (count: number, letter: string) => Buffer.alloc(count * SECTOR_BYTES, letter)

describe('a disk with a cache', () => {
  const freshDisk = () => {
    const disk = openVolatileDisk(join(temporaryFolder(), 'disk'), 64 * SECTOR_BYTES)
    onTestFinished(disk.close)
    return disk
  }

  it('loses what was not flushed, and keeps what was', () => {
    const disk = freshDisk()
    disk.write(0, sectors(2, 'a'))
    disk.flush()
    disk.write(SECTOR_BYTES, sectors(2, 'b'))
    expect(disk.read(SECTOR_BYTES, SECTOR_BYTES)).toEqual(sectors(1, 'b'))
    expect(disk.cut(() => false)).toEqual({ pending: 2, lost: 2 })
    expect(disk.read(0, 3 * SECTOR_BYTES)).toEqual(Buffer.concat([sectors(2, 'a'), sectors(1, '\0')]))
  })

  it('goes back to what was flushed, however often it was written since', () => {
    const disk = freshDisk()
    for (const letter of ['b', 'c', 'd']) disk.write(0, sectors(1, letter))
    disk.cut(() => false)
    expect(disk.read(0, SECTOR_BYTES)).toEqual(sectors(1, '\0'))
  })

  it('tears a long write, sector by sector', () => {
    const disk = freshDisk()
    disk.write(0, sectors(4, 'a'))
    let sector = 0
    expect(disk.cut(() => sector++ % 2 === 0)).toEqual({ pending: 4, lost: 2 })
    expect(String(disk.read(0, 4 * SECTOR_BYTES)).replaceAll(/(.)\1*/g, '$1')).toBe('a\0a\0')
  })

  it('refuses half a sector, which no disk can write', () => {
    expect(() => freshDisk().write(100, sectors(1, 'a'))).toThrow(/whole sectors/)
  })
})

describe('the moments of the cuts', () => {
  const moments = (seed: number) => Array.from({ length: 10 }, (_, round) => momentOf(seed, round))

  it('are the same for a seed and others for another one', () => {
    expect(moments(1)).toEqual(moments(1))
    expect(moments(1)).not.toEqual(moments(2))
  })

  it('meet a start, a refresh, a refresh just told and a setting just told', () => {
    expect(new Set(moments(3).map(({ during }) => during))).toEqual(
      new Set(['boot', 'refresh', 'told', 'setting']),
    )
  })

  it('come with as much luck for each sector', () => {
    const survivors = (round: number) => {
      const survives = luckOf(1, round)
      return Array.from({ length: 1000 }, survives).filter(Boolean).length
    }
    expect(survivors(0)).toBe(survivors(0))
    expect(new Set([0, 1, 2, 3, 4, 5, 6, 7].map(survivors)).size).toBeGreaterThan(2)
  })
})

describe('the judge', () => {
  const told: Told = {
    epoch: 'e',
    revision: 7,
    runs: new Set([100, 200, 300]),
    facts: new Map([
      ['price general 1', { value: 20, revision: 5 }],
      ['usage E1 1', { value: 0.5, revision: 7 }],
    ]),
    settings: new Map([['ovenKw', 3]]),
  }
  const found: Found = { ...told, database: 'whole', aside: [] }
  const facts = (over: Record<string, { value: number; revision: number }>) =>
    new Map([...told.facts, ...Object.entries(over)])
  const without = (key: string) => new Map([...told.facts].filter(([name]) => name !== key))

  it('finds nothing where everything is there', () => {
    expect(judge(told, found)).toEqual({ runs: 0, facts: 0, settings: 0, verdicts: [] })
  })

  it('has nothing to say of a machine that never told anything', () => {
    const nothing = { revision: 0, runs: new Set<number>(), facts: new Map(), settings: new Map() }
    expect(judge(nothing, { ...nothing, database: 'absent', aside: [] }).verdicts).toEqual([])
  })

  it('lets a refresh that nobody was told of be lost, or one be lost that was, but not two', () => {
    expect(
      judge(told, { ...found, runs: new Set([100, 200]), facts: without('usage E1 1') }).verdicts,
    ).toEqual([])
    expect(judge(told, { ...found, runs: new Set([100]) }).verdicts).toEqual([
      '2 refreshes that were told of are lost',
    ])
  })

  it('allows a fact to be changed later', () => {
    expect(judge(told, { ...found, facts: facts({ 'usage E1 1': { value: 0.6, revision: 8 } }) }).facts).toBe(
      0,
    )
  })

  it.each<[string, Partial<Found>, RegExp]>([
    ['a fact that is gone', { facts: without('price general 1') }, /^1 facts are lost/],
    [
      'a fact that is an older one',
      { facts: facts({ 'usage E1 1': { value: 0.4, revision: 4 } }) },
      /^1 facts/,
    ],
    ['a count of changes that went back', { revision: 6 }, /revision 6; 7 had been told/],
    ['a setting that is gone', { settings: new Map() }, /^1 settings/],
    ['a setting that is an older one', { settings: new Map([['ovenKw', 2]]) }, /^1 settings/],
    ['a damaged database', { database: 'row 3 missing from index' }, /damaged: row 3/],
    ['a database that is gone', { database: 'absent' }, /is gone/],
    ['another database', { epoch: 'f' }, /another database/],
  ])('notices %s', (_, over, words) => {
    expect(judge(told, { ...found, ...over }).verdicts.join('\n')).toMatch(words)
  })
})

describe('the look at what a cut has left', () => {
  const T0 = Date.parse('2026-03-10T10:00:00+10:00')
  const MINUTE = 60_000
  const price = (at: number): PriceInterval => ({
    channel: 'general',
    kind: 'actual',
    estimate: false,
    startMs: T0 + at * 5 * MINUTE,
    endMs: T0 + (at + 1) * 5 * MINUTE,
    centsPerKwh: 20 + at,
  })

  function appliance() {
    const folder = temporaryFolder()
    const path = join(folder, 'cache.sqlite')
    const db = openForWriting(path, () => 'epoch-1')
    savePrices(
      db,
      'S1',
      Array.from({ length: 3000 }, (_, at) => price(at)),
    )
    recordSyncRun(db, 1, { startedAtMs: T0 + 123, finishedAtMs: T0 + 4000, outcome: 'ok', amberRequests: 1 })
    db.close()
    createSettingsFile(join(folder, 'settings.json')).merge({
      ovenKw: { value: 3, revision: 4, writer: 'w' },
    })
    return { folder, path }
  }

  it('reads facts, refreshes and settings', () => {
    const found = inspect(appliance().folder)
    expect(found).toMatchObject({ database: 'whole', epoch: 'epoch-1', revision: 1, aside: [] })
    expect(found.facts.size).toBe(3000)
    expect(found.facts.get(priceKey('general', T0 / MINUTE + 5))).toEqual({ value: 20, revision: 1 })
    expect(found.runs).toEqual(new Set([T0 / 1000]))
    expect(found.settings).toEqual(new Map([['ovenKw', 4]]))
  })

  it('says that there is nothing in an empty folder', () => {
    expect(inspect(temporaryFolder())).toMatchObject({ database: 'absent', revision: 0 })
  })

  it.each([
    [
      'a page of garbage in the middle',
      (all: Buffer) => all.fill(0xa5, all.length / 2, all.length / 2 + 2048),
    ],
    ['half of the file missing', (all: Buffer) => all.subarray(0, Math.floor(all.length / 4096) * 2048)],
    ['garbage all over', (all: Buffer) => all.fill(0xa5)],
  ])('notices %s', (_, damage) => {
    const { folder, path } = appliance()
    writeFileSync(path, damage(readFileSync(path)))
    const { database } = inspect(folder)
    expect(database).not.toBe('whole')
    expect(database).not.toBe('absent')
  })
})

it('says in one sentence what a machine lacks, and nothing of one that lacks nothing', () => {
  const bare = missing({ path: temporaryFolder(), isRoot: false, kernels: [] })
  expect(bare).toMatch(
    /^torture power: not run, this machine lacks .*qemu-system-x86.*linux-image-amd64.*root.*\.$/,
  )
  expect(bare).not.toContain('\n')
  const folder = temporaryFolder()
  for (const name of [
    'qemu-system-x86_64',
    'debootstrap',
    'mkfs.ext4',
    'debugfs',
    'chroot',
    'mkinitramfs',
    'xz',
  ])
    writeFileSync(join(folder, name), '')
  const kernel = { version: '6', image: '/boot/vmlinuz-6', modules: '/lib/modules/6' }
  expect(missing({ path: folder, isRoot: true, kernels: [kernel] })).toBeUndefined()
})
