// Reads the copy on disk, and comes back to it when the browser has lost it: what a worker that only thinks needs of it.
import { deleteDB } from 'idb'
import { type CopyReader, type FirstDates, type FromDate, StoreTrouble } from './copy.ts'
import { type CopyDatabase, DATABASE, ONLY, openDatabase, STORES } from './database.ts'

export interface DiskStoreOptions {
  readonly replaceNewer: boolean
  /** Of the database; without one, that of the household's own site. */
  readonly name?: string | undefined
}

export type WithDatabase = <Result>(use: (database: CopyDatabase) => Promise<Result>) => Promise<Result>

export const createDiskReader = (options: DiskStoreOptions): CopyReader => readerOf(openedFor(options))

export const readerOf = (withDatabase: WithDatabase): CopyReader => ({
  state: () => withDatabase(async (database) => (await database.get('state', ONLY)) ?? {}),
  read: (...from) => withDatabase((database) => readFrom(database, ...from)),
  usageBetween: (fromDate, toDate) => withDatabase((database) => readUsage(database, fromDate, toDate)),
  firstDates: () => withDatabase(readFirstDates),
})

export function openedFor({ replaceNewer, name = DATABASE }: DiskStoreOptions): WithDatabase {
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

  return async (use) => {
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

const isDeadHandle = (error: unknown): boolean =>
  error instanceof DOMException && ['InvalidStateError', 'UnknownError', 'AbortError'].includes(error.name)

/** A record whose value the browser has lost. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof DOMException && ['NotReadableError', 'DataError', 'NotFoundError'].includes(error.name)

const useTrouble = (error: unknown): unknown =>
  error instanceof Error && error.name === 'QuotaExceededError' ? new StoreTrouble('full', error) : error
