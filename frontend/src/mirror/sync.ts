// From the server's answers to the copy: rows and cursor in one transaction, and the same answer twice changes nothing.
import type { MirrorAnswer, MirrorHistoryAnswer } from '#domain/mirror.ts'
import { mergePriceDay } from '#domain/price-day.ts'
import { mergeUsageDay } from '#domain/usage-day.ts'
import { type Exchange, withContact, withoutContact } from './contact.ts'
import type { Copy, CopyChange, CopyState, CopyStore, Cursor } from './copy.ts'
import type { DeltaReply, MirrorSource } from './fetch.ts'
import { withHeard } from './settings.ts'

export interface SyncDeps {
  readonly store: CopyStore
  readonly source: MirrorSource
  readonly now: () => number
}

/** Asks until there is nothing newer. True: rows, the household or the Pi's report have changed. */
export async function syncDeltas(deps: SyncDeps): Promise<boolean> {
  let hasChanged = false
  for (;;) {
    const { cursor, settings } = await deps.store.state()
    const sentMs = deps.now()
    const reply = await deps.source.delta(cursor, settings?.version)
    const exchange = { sentMs, receivedMs: deps.now() }
    const saved = await deps.store.write((copy) => saveDelta(copy, cursor, reply, exchange))
    hasChanged ||= saved.hasChanged
    if (!saved.askAgain) return hasChanged
  }
}

/** none: nothing was missing, or what came no longer fits. all: that was the last of it. */
export type HistoryStep = 'none' | 'more' | 'all'

/** Fetches one step of the history that is still to come. */
export async function fillHistory({ store, source }: Omit<SyncDeps, 'now'>): Promise<HistoryStep> {
  const { historyBefore, historyStopped } = await store.state()
  if (!historyBefore || historyStopped) return 'none'
  const answer = await source.history(historyBefore)
  return store.write((copy) => saveHistory(copy, historyBefore, answer))
}

/** True: that is news. A Pi that stays lost is written once. */
export const saveLost = (store: CopyStore, exchange: Exchange): Promise<boolean> =>
  store.write(async (copy) => {
    const before = await copy.state()
    const state = withoutContact(before, exchange)
    if (state !== before) await copy.put({ state })
    return state !== before
  })

/** No room: gives up the history, so that what the screen needs can still be kept. */
export const dropHistory = (store: CopyStore, keepFromDate: string): Promise<void> =>
  store.write(async (copy) => {
    const state = await copy.state()
    await copy.forget(keepFromDate)
    // A fill that had not come so far yet leaves more missing than was forgotten here.
    const historyBefore = [state.historyBefore ?? '', keepFromDate].sort().at(-1)!
    await copy.put({ state: { ...state, historyBefore, historyStopped: true } })
  })

async function saveDelta(copy: Copy, asked: Cursor | undefined, reply: DeltaReply, exchange: Exchange) {
  const before = await copy.state()
  const { answer } = reply
  // Another tab or the worker was faster: its copy is newer than this answer, which must not put old rows back.
  if (!isSameCursor(before.cursor, asked)) return { hasChanged: true, askAgain: true }
  const contact = withHeard(withContact(before, exchange, answer?.pi), answer?.settings)
  if (!answer) {
    await copy.put({ state: contact })
    return { hasChanged: false, askAgain: false }
  }
  if (isOlder(answer, asked)) {
    await copy.put({ state: withoutCursor(contact) })
    return { hasChanged: false, askAgain: true }
  }
  const isAnew = answer.epoch !== asked?.epoch
  if (isAnew) await copy.forget()
  await copy.put(
    isAnew ? beginning(contact, reply, answer) : await continuation(copy, contact, reply, answer),
  )
  if (answer.keptFrom) await copy.forget(answer.keptFrom)
  return { hasChanged: true, askAgain: answer.more && answer.revision !== asked?.revision }
}

const isSameCursor = (a: Cursor | undefined, b: Cursor | undefined): boolean =>
  a?.epoch === b?.epoch && a?.revision === b?.revision

/** A server that counts backwards has lost what this copy has seen: nothing it says by that count fits. */
const isOlder = (answer: MirrorAnswer, asked: Cursor | undefined): boolean =>
  answer.epoch === asked?.epoch && answer.revision < asked.revision

/** The rows stay on the screen until the new beginning is written in their place. */
const withoutCursor = ({ cursor: _, ...state }: CopyState): CopyState => state

function beginning(contact: CopyState, reply: DeltaReply, answer: MirrorAnswer): CopyChange {
  const { historyBefore: _, historyStopped: __, ...kept } = contact
  const { live, priceDays, usageDays, historyBefore } = answer
  const state = { ...reported(kept, reply, answer), ...(historyBefore && { historyBefore }) }
  return { state, live: live ?? [], priceDays, usageDays }
}

async function continuation(copy: Copy, contact: CopyState, reply: DeltaReply, answer: MirrorAnswer) {
  const [priceDays, usageDays] = await Promise.all([
    Promise.all(answer.priceDays.map(async (day) => mergePriceDay(await copy.priceDay(day), day))),
    Promise.all(answer.usageDays.map(async (day) => mergeUsageDay(await copy.usageDay(day), day))),
  ])
  const { live } = answer
  return { state: reported(contact, reply, answer), ...(live && { live }), priceDays, usageDays }
}

function reported(contact: CopyState, { etag }: DeltaReply, answer: MirrorAnswer): CopyState {
  const { household: _, ...state } = contact
  const { epoch, revision, more, household, pi } = answer
  // The tag of a part may be the tag of the whole: asked with it, the server would say that this part is all.
  const cursor = { epoch, revision, ...(etag && !more && { etag }) }
  return { ...state, cursor, pi, ...(household && { household }) }
}

async function saveHistory(copy: Copy, asked: string, answer: MirrorHistoryAnswer): Promise<HistoryStep> {
  const { historyBefore, ...state } = await copy.state()
  if (state.cursor?.epoch !== answer.epoch) return 'none'
  // Another tab has brought this step; the fill goes on from where that one came to.
  if (historyBefore !== asked) return historyBefore ? 'more' : 'none'
  // What is here came by deltas: where both have a row, it is as new or a delta on its way will mend it.
  const [priceDays, usageDays] = await Promise.all([
    Promise.all(answer.priceDays.map(async (day) => under(await copy.priceDay(day), day, mergePriceDay))),
    Promise.all(answer.usageDays.map(async (day) => under(await copy.usageDay(day), day, mergeUsageDay))),
  ])
  const { before } = answer
  await copy.put({ state: { ...state, ...(before && { historyBefore: before }) }, priceDays, usageDays })
  return before ? 'more' : 'all'
}

const under = <Day>(known: Day | undefined, fetched: Day, merge: (older: Day, newer: Day) => Day): Day =>
  known ? merge(fetched, known) : fetched
