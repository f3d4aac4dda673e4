// The household's settings as they are stored and exchanged. The rule where two devices disagree: each setting by itself,
// the write with the higher revision stands; of two equal ones that of the writer whose name comes later. A list (plans,
// appliances) is one setting.
import { DEFAULT_SETTINGS, type Settings } from './settings.ts'
import { SETTING_NAMES, SETTING_READERS, type SettingName } from './settings-fields.ts'

export interface WrittenSetting {
  /** Null: back to the default. */
  readonly value: unknown
  /** One more than the highest that its writer had seen of any setting: what was written knowing another comes after it. */
  readonly revision: number
  /** Which device; any name that is its own. */
  readonly writer: string
  /** When, by the writer's clock: for people to read; no rule goes by it. */
  readonly atMs?: number
}

/** By name. Settings that only a newer version knows are kept and passed on. */
export type SettingsRecord = Readonly<Record<string, WrittenSetting>>

/** Each setting as it was last written; where it is absent, null or not understood, its default. */
export function settingsOf(record: SettingsRecord): Settings {
  const understood = SETTING_NAMES.flatMap((name) => {
    const value = readOf(name, written(record, name)?.value)
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...DEFAULT_SETTINGS, ...Object.fromEntries(understood) }
}

/** The record after a write on this device; undefined goes back to the default. Check with `settingProblems` first. */
export function withWritten(
  record: SettingsRecord,
  changes: { readonly [K in SettingName]?: Settings[K] | undefined },
  writer: string,
  atMs?: number,
): SettingsRecord {
  const revision = 1 + highestRevision(record)
  const fields = Object.entries(changes).map(([name, value]) => [
    name,
    { value: value ?? null, revision, writer, ...(atMs !== undefined && { atMs }) },
  ])
  return { ...record, ...Object.fromEntries(fields) }
}

/** Of both, setting by setting: the same in any order, and merging again changes nothing. */
export function mergedRecords(a: SettingsRecord, b: SettingsRecord): SettingsRecord {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()
  return Object.fromEntries(names.map((name) => [name, later(written(a, name), written(b, name))!]))
}

/** Names of settings that this device wrote and another one's write has replaced: what its user should be told. */
export const overruled = (mine: SettingsRecord, merged: SettingsRecord, writer: string): string[] =>
  Object.keys(mine).filter(
    (name) => mine[name]!.writer === writer && !isSame(mine[name]!, written(merged, name) ?? mine[name]!),
  )

const MOST_SETTINGS = 100
/** A revision is a count of writes: a household does not get there, and nobody may shut the others out. */
const HIGHEST_REVISION = 1e9

/** What came over a wire or from a disk; undefined where it is no record. */
export function readRecord(value: unknown): SettingsRecord | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const entries = Object.entries(value)
  const isFine =
    entries.length <= MOST_SETTINGS && entries.every(([name, one]) => isName(name) && isWritten(one))
  return isFine
    ? Object.fromEntries(
        entries.map(([name, { value: given = null, revision, writer, atMs }]) => [
          name,
          { value: given, revision, writer, ...(Number.isFinite(atMs) && { atMs }) },
        ]),
      )
    : undefined
}

const readOf = (name: SettingName, value: unknown): unknown =>
  value === null || value === undefined ? undefined : SETTING_READERS[name](value)

const written = (record: SettingsRecord, name: string): WrittenSetting | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined

const isName = (name: string): boolean => /^[a-z][A-Za-z0-9]{0,39}$/.test(name)

function isWritten(one: unknown): one is WrittenSetting {
  if (typeof one !== 'object' || one === null) return false
  const { revision, writer } = one as Partial<WrittenSetting>
  const isCount = Number.isInteger(revision) && 1 <= revision! && revision! <= HIGHEST_REVISION
  return isCount && typeof writer === 'string' && writer.length > 0 && writer.length <= 64
}

const highestRevision = (record: SettingsRecord): number =>
  Object.values(record).reduce((highest, { revision }) => Math.max(highest, revision), 0)

function later(a: WrittenSetting | undefined, b: WrittenSetting | undefined): WrittenSetting | undefined {
  if (!a || !b) return a ?? b
  return (compared(a, b) || (a.atMs ?? 0) - (b.atMs ?? 0)) >= 0 ? a : b
}

/** The values last, which only sees to it that the answer is always the same. */
const compared = (a: WrittenSetting, b: WrittenSetting): number =>
  a.revision - b.revision ||
  order(a.writer, b.writer) ||
  order(JSON.stringify(a.value), JSON.stringify(b.value))

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const isSame = (a: WrittenSetting, b: WrittenSetting): boolean => compared(a, b) === 0
