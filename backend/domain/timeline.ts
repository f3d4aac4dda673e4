// Rows overlap: 30-minute forecasts under 5-minute ones, old forecasts under new ones, estimates under settled prices.
// Whoever asks what a stretch of time costs asks this.
import { durationMs } from './interval.ts'
import { CHANNELS, type Channel, type PriceInterval } from './price.ts'

/**
 * Each stretch of time once a channel, the best fact known of it: settled, then estimate, then forecast; of two equals
 * the later made, then the shorter. What a better row covers in part is clipped to the rest and may come as two rows.
 * Channels in the order of CHANNELS, ascending in each; gaps stay gaps; the order of the input does not matter.
 */
export const timeline = (prices: readonly PriceInterval[]): PriceInterval[] =>
  CHANNELS.flatMap((channel) =>
    ofOneChannel(prices.filter((row) => row.channel === channel && row.startMs < row.endMs)),
  )

/** The row of a timeline that covers this instant. */
export function priceAt(
  rows: readonly PriceInterval[],
  channel: Channel,
  ms: number,
): PriceInterval | undefined {
  return rows.find((row) => row.channel === channel && row.startMs <= ms && ms < row.endMs)
}

/** 3 settled (actual), 2 settled while current, 1 estimate, 0 forecast. */
export const rank = ({ kind, estimate }: PriceInterval): number => {
  if (kind === 'actual') return 3
  if (kind === 'forecast') return 0
  return estimate ? 1 : 2
}

export const isSettled = (row: PriceInterval): boolean => rank(row) >= 2

/** Best row first: each takes what nobody has taken before it. */
function ofOneChannel(rows: readonly PriceInterval[]): PriceInterval[] {
  if (isTimeline(rows)) return [...rows]
  const edges = [...new Set(rows.flatMap((row) => [row.startMs, row.endMs]))].sort((a, b) => a - b)
  const indexOf = new Map(edges.map((ms, index) => [ms, index]))
  const owners: (PriceInterval | undefined)[] = new Array(edges.length).fill(undefined)
  const free = freeCells(edges.length)
  for (const row of rows.toSorted(bestFirst)) {
    const end = indexOf.get(row.endMs) ?? 0
    for (let cell = free.from(indexOf.get(row.startMs) ?? end); cell < end; cell = free.from(cell + 1)) {
      owners[cell] = row
      free.take(cell)
    }
  }
  return piecesOf(owners, edges)
}

/** Nothing overlaps and all is in order, as in most of what is asked: a timeline, or a part of one. */
const isTimeline = (rows: readonly PriceInterval[]): boolean =>
  rows.every((row, index) => index === 0 || rows[index - 1]!.endMs <= row.startMs)

function piecesOf(owners: readonly (PriceInterval | undefined)[], edges: readonly number[]): PriceInterval[] {
  const pieces: PriceInterval[] = []
  for (let from = 0, to = 0; from < edges.length; from = to) {
    const owner = owners[from]
    for (to = from + 1; to < edges.length && owners[to] === owner; ) to += 1
    if (owner) pieces.push(clipped(owner, edges[from]!, edges[to]!))
  }
  return pieces
}

const clipped = (row: PriceInterval, startMs: number, endMs: number): PriceInterval =>
  row.startMs === startMs && row.endMs === endMs ? row : { ...row, startMs, endMs }

/** Which cells nobody has taken, found without walking over the taken ones (a disjoint set). */
function freeCells(length: number) {
  const next = Array.from({ length: length + 1 }, (_, cell) => cell)
  const from = (cell: number): number => {
    let at = cell
    while (next[at]! !== at) {
      next[at] = next[next[at]!]!
      at = next[at]!
    }
    return at
  }
  const take = (cell: number): void => {
    next[cell] = cell + 1
  }
  return { from, take }
}

function bestFirst(a: PriceInterval, b: PriceInterval): number {
  return (
    rank(b) - rank(a) ||
    compare(b.madeAtMs ?? 0, a.madeAtMs ?? 0) ||
    durationMs(a) - durationMs(b) ||
    // Nothing speaks for either: believe the dearer one, and after that only see to it that the answer is always the same.
    compare(b.centsPerKwh, a.centsPerKwh) ||
    compare(JSON.stringify(a), JSON.stringify(b))
  )
}

const compare = <T extends number | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)
