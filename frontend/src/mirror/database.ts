// The copy's database: its schema, and opening it whatever state it is in. It is disposable: the Pi has the record.
import { type DBSchema, deleteDB, type IDBPDatabase, openDB, type StoreNames } from 'idb'
import type { PriceDay, UsageDay } from '#domain/mirror.ts'
import type { PriceInterval } from '#domain/price.ts'
import { type CopyState, StoreTrouble } from './copy.ts'

export const DATABASE = 'home-energy'
/** Of another site than the household's own: its rows must never lie among those. */
export const databaseOf = (siteId: string): string => `${DATABASE} ${siteId}`
/** Raised when a store is added; what is there is never changed in place. */
const SCHEMA_VERSION = 1
/** A tab of an older version that will not let go must not keep this one from showing anything. */
const OPEN_WITHIN_MS = 5000

export interface CopySchema extends DBSchema {
  /** One record, `ONLY`. */
  state: { key: string; value: CopyState }
  /** One record, `ONLY`: replaced whole. */
  live: { key: string; value: readonly PriceInterval[] }
  priceDays: { key: [date: string, channel: string]; value: PriceDay }
  usageDays: { key: [date: string, channel: string, identifier: string]; value: UsageDay }
}
export type CopyDatabase = IDBPDatabase<CopySchema>
export const STORES = ['state', 'live', 'priceDays', 'usageDays'] as const satisfies StoreNames<CopySchema>[]
export const ONLY = 'only'

export interface OpenOptions {
  readonly name: string
  /** What to do with a copy that a newer app has written: delete it, or leave it and say so. */
  readonly replaceNewer: boolean
  /** The connection is gone: open again before the next use. */
  readonly onClosed: () => void
}

/** Deletes and begins anew where the copy cannot be read; throws StoreTrouble where there can be none. */
export async function openDatabase(options: OpenOptions): Promise<CopyDatabase> {
  // The second attempt is for Safari, whose first one after a rest in the background may fail for no lasting reason.
  for (const mend of [() => undefined, () => deleteDB(options.name)]) {
    try {
      return await openWithin(options)
    } catch (error) {
      const trouble = openTrouble(error)
      const isReplaced = trouble?.kind === 'newer' && options.replaceNewer
      if (trouble && !isReplaced) throw trouble
      await (isReplaced ? deleteDB(options.name) : mend())
    }
  }
  return openWithin(options).catch((error) => {
    throw openTrouble(error) ?? new StoreTrouble('refused', error)
  })
}

/** Undefined: the copy is unreadable and may be thrown away. */
function openTrouble(error: unknown): StoreTrouble | undefined {
  if (error instanceof StoreTrouble) return error
  const { name, message } = error instanceof Error ? error : new Error()
  if (name === 'VersionError') return new StoreTrouble('newer', error)
  if (name === 'QuotaExceededError') return new StoreTrouble('full', error)
  // ReferenceError and TypeError: a browser that has no indexedDB at all, or has switched it off.
  const refusals = ['SecurityError', 'InvalidStateError', 'NotAllowedError', 'ReferenceError', 'TypeError']
  // Safari's "Connection to Indexed Database server lost" comes as an UnknownError and says nothing of the copy.
  const isRefusal = refusals.includes(name) || /server lost/i.test(message)
  return isRefusal ? new StoreTrouble('refused', error) : undefined
}

async function openWithin(options: OpenOptions): Promise<CopyDatabase> {
  const opening = open(options)
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreTrouble('refused', 'blocked by another tab')), OPEN_WITHIN_MS)
  })
  try {
    return await Promise.race([opening, tooLate])
  } catch (error) {
    // Should it open after all, an unused connection would block the next version.
    opening.then((late) => late.close()).catch(() => undefined)
    throw error
  } finally {
    clearTimeout(timer)
  }
}

async function open({ name, onClosed }: OpenOptions): Promise<CopyDatabase> {
  const database: CopyDatabase = await openDB<CopySchema>(name, SCHEMA_VERSION, {
    upgrade(fresh) {
      fresh.createObjectStore('state')
      fresh.createObjectStore('live')
      fresh.createObjectStore('priceDays', { keyPath: ['date', 'channel'] })
      fresh.createObjectStore('usageDays', { keyPath: ['date', 'channel', 'identifier'] })
    },
    // Another tab wants to upgrade or delete: let go at once, or both hang.
    blocking: () => {
      database.close()
      onClosed()
    },
    // Safari ends connections of pages that were in the background; the handle stays dead.
    terminated: onClosed,
  })
  return database
}
