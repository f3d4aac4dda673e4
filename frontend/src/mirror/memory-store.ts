// The copy where the browser keeps nothing: as good as the one on disk until the page is closed.
import type { PriceDay, UsageDay } from '#domain/mirror.ts'
import type { Copy, CopyStore, StoredHome } from './copy.ts'

const NOTHING: StoredHome = { state: {}, live: [], priceDays: [], usageDays: [] }

export function createMemoryStore(first: StoredHome = NOTHING): CopyStore {
  let { state, live } = first
  const priceDays = new Map(first.priceDays.map((day) => [keyOf(day), day]))
  const usageDays = new Map(first.usageDays.map((day) => [keyOf(day), day]))

  const copy: Copy = {
    state: async () => state,
    priceDay: async (like) => priceDays.get(keyOf(like)),
    usageDay: async (like) => usageDays.get(keyOf(like)),
    async put(change) {
      state = change.state
      live = change.live ?? live
      for (const day of change.priceDays ?? []) priceDays.set(keyOf(day), day)
      for (const day of change.usageDays ?? []) usageDays.set(keyOf(day), day)
    },
    async forget(beforeDate) {
      if (!beforeDate) live = []
      for (const days of [priceDays, usageDays])
        for (const [key, { date }] of days) if (!beforeDate || date < beforeDate) days.delete(key)
    },
  }

  return {
    state: async () => state,
    read: async (fromDate, usageFrom = fromDate) => ({
      state,
      live,
      priceDays: daysFrom(priceDays, fromDate(state)),
      usageDays: daysFrom(usageDays, usageFrom(state)),
    }),
    usageBetween: async (fromDate, toDate) =>
      daysFrom(usageDays, fromDate).filter(({ date }) => date <= toDate),
    firstDates: async () => {
      const [prices] = [...priceDays.values()].map(({ date }) => date).sort()
      const [usage] = [...usageDays.values()].map(({ date }) => date).sort()
      return { ...(prices && { prices }), ...(usage && { usage }) }
    },
    write: inTurn((step) => step(copy)),
  }
}

/** Two steps at once would mix, as two transactions never do. */
function inTurn(run: CopyStore['write']): CopyStore['write'] {
  let before: Promise<unknown> = Promise.resolve()
  return (step) => {
    const mine = before.then(() => run(step))
    before = mine.catch(() => undefined)
    return mine
  }
}

const keyOf = (day: PriceDay | UsageDay): string =>
  `${day.date} ${day.channel} ${'identifier' in day ? day.identifier : ''}`

const daysFrom = <Day extends { date: string }>(days: Map<string, Day>, from: string): Day[] =>
  [...days.values()].filter(({ date }) => date >= from)
