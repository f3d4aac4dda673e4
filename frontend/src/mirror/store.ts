// The copy on disk: one record a channel and day, rows and cursor in one transaction.
import { type IDBPTransaction, unwrap } from 'idb'
import type { Copy, CopyStore } from './copy.ts'
import { type CopyDatabase, type CopySchema, ONLY, STORES } from './database.ts'
import { type DiskStoreOptions, openedFor, readerOf } from './disk-reader.ts'

type WriteTransaction = IDBPTransaction<CopySchema, typeof STORES, 'readwrite'>

export function createDiskStore(options: DiskStoreOptions): CopyStore {
  const withDatabase = openedFor(options)
  return {
    ...readerOf(withDatabase),
    write: (step) => withDatabase((database) => writeStep(database, step)),
  }
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
