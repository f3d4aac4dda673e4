// The copy on disk: one record a channel and day, rows and cursor in one transaction.
import { deleteDB, type IDBPTransaction, type StoreNames, unwrap } from 'idb'
import { type Copy, type CopyStore, type FirstDates, type FromDate, StoreTrouble } from './copy.ts'
import { type CopyDatabase, type CopySchema, DATABASE, ONLY, openDatabase } from './database.ts'

const STORES = ['state', 'live', 'priceDays', 'usageDays'] as const satisfies StoreNames<CopySchema>[]
type WriteTransaction = IDBPTransaction<CopySchema, typeof STORES, 'readwrite'>

export interface DiskStoreOptions {
  readonly replaceNewer: boolean
  /** Of the database; without one, that of the household's own site. */
  readonly name?: string | undefined
}

export function createDiskStore({ replaceNewer, name = DATABASE }: DiskStoreOptions): CopyStore {
  let opening: Promise<CopyDatabase> | undefined
  const forgetHandle = () => {
    opening = undefined
  }
  const open = () => {
    opening ??= openDatabase({ name, replaceNewer, onClosed: forgetHandle })
    opening.catch(forgetHandle)
    return opening
  }

  /** The Pi has it all, but what its user has written here may be nowhere else yet. */
  async function beginAnew(): Promise<void> {
    const state = await open()
      .then((database) => database.get('state', ONLY))
      .catch(() => undefined)
    forgetHandle()
    await deleteDB(name)
    const { settings, writer } = state ?? {}
    if (settings && writer) await (await open()).put('state', { settings, writer }, ONLY)
  }

  async function withDatabase<Result>(use: (database: CopyDatabase) => Promise<Result>): Promise<Result> {
    const attempt = async () => use(await open())
    try {
      return await attempt()
    } catch (error) {
      if (!isDeadHandle(error) && !isUnreadable(error)) throw useTrouble(error)
      await (isUnreadable(error) ? beginAnew() : forgetHandle())
    }
    // Once more and no oftener: a handle of Safari's that died never recovers, a new one does or nothing will.
    return attempt().catch((error) => {
      forgetHandle()
      throw isDeadHandle(error) ? new StoreTrouble('refused', error) : useTrouble(error)
    })
  }

  return {
    state: () => withDatabase(async (database) => (await database.get('state', ONLY)) ?? {}),
    read: (...from) => withDatabase((database) => readFrom(database, ...from)),
    usageBetween: (fromDate, toDate) => withDatabase((database) => readUsage(database, fromDate, toDate)),
    firstDates: () => withDatabase(readFirstDates),
    write: (step) => withDatabase((database) => writeStep(database, step)),
  }
}

const readFrom = async (database: CopyDatabase, fromDate: FromDate, usageFrom = fromDate) => {
  const transaction = database.transaction(STORES)
  const state = (await transaction.objectStore('state').get(ONLY)) ?? {}
  const [live = [], priceDays, usageDays] = await Promise.all([
    transaction.objectStore('live').get(ONLY),
    transaction.objectStore('priceDays').getAll(IDBKeyRange.lowerBound([fromDate(state)])),
    transaction.objectStore('usageDays').getAll(IDBKeyRange.lowerBound([usageFrom(state)])),
  ])
  return { state, live, priceDays, usageDays }
}

const readUsage = async (database: CopyDatabase, fromDate: string, toDate: string) =>
  // IndexedDB refuses a range that ends before it begins: an address may ask for days that are still to come.
  fromDate > toDate
    ? []
    : // An array is more than any text, so this ends after the last register of the last date.
      database.getAll('usageDays', IDBKeyRange.bound([fromDate], [toDate, []]))

async function readFirstDates(database: CopyDatabase): Promise<FirstDates> {
  const transaction = database.transaction(['priceDays', 'usageDays'])
  const [price, usage] = await Promise.all([
    transaction.objectStore('priceDays').openKeyCursor(),
    transaction.objectStore('usageDays').openKeyCursor(),
  ])
  return { ...(price && { prices: price.key[0] }), ...(usage && { usage: usage.key[0] }) }
}

async function writeStep<Result>(
  database: CopyDatabase,
  step: (copy: Copy) => Promise<Result>,
): Promise<Result> {
  const transaction = database.transaction(STORES, 'readwrite', { durability: 'relaxed' })
  // Both are awaited below; until then a failure of one must not count as unhandled.
  transaction.done.catch(() => undefined)
  try {
    const result = await step(copyIn(transaction))
    await transaction.done
    return result
  } catch (error) {
    abort(transaction)
    // The transaction knows better than the request that fell with it: "quota exceeded" rather than "aborted".
    throw unwrap(transaction).error ?? error
  }
}

function abort(transaction: WriteTransaction): void {
  try {
    transaction.abort()
  } catch {
    // It has ended by itself.
  }
}

const copyIn = (transaction: WriteTransaction): Copy => {
  const state = transaction.objectStore('state')
  const live = transaction.objectStore('live')
  const priceDays = transaction.objectStore('priceDays')
  const usageDays = transaction.objectStore('usageDays')
  return {
    state: async () => (await state.get(ONLY)) ?? {},
    priceDay: ({ date, channel }) => priceDays.get([date, channel]),
    usageDay: ({ date, channel, identifier }) => usageDays.get([date, channel, identifier]),
    async put(change) {
      await Promise.all([
        ...(change.priceDays ?? []).map((day) => priceDays.put(day)),
        ...(change.usageDays ?? []).map((day) => usageDays.put(day)),
        ...(change.live ? [live.put(change.live, ONLY)] : []),
        state.put(change.state, ONLY),
      ])
    },
    async forget(beforeDate) {
      if (!beforeDate) return void (await Promise.all([live.clear(), priceDays.clear(), usageDays.clear()]))
      const before = IDBKeyRange.upperBound([beforeDate], true)
      await Promise.all([priceDays.delete(before), usageDays.delete(before)])
    },
  }
}

const isDeadHandle = (error: unknown): boolean =>
  error instanceof DOMException && ['InvalidStateError', 'UnknownError', 'AbortError'].includes(error.name)

/** A record whose value the browser has lost. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof DOMException && ['NotReadableError', 'DataError', 'NotFoundError'].includes(error.name)

const useTrouble = (error: unknown): unknown =>
  error instanceof Error && error.name === 'QuotaExceededError' ? new StoreTrouble('full', error) : error
