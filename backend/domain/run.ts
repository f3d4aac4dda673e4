// A run of an appliance: when it is cheapest and what it costs, whether it may pause or not.
import type { Appliance } from './advice.ts'
import { type BlocksRequest, cheapestBlocks } from './cheapest-blocks.ts'
import { averageCents, cheapestWindow, type RankedBy } from './cheapest-window.ts'
import { durationMs, type Interval, MINUTE_MS } from './interval.ts'
import type { PriceInterval } from './price.ts'

export interface Run extends Interval {
  readonly blocks: readonly Interval[]
}

export interface RunRequest {
  readonly nowMs: number
  readonly deadlineMs: number
}

/** Each pause costs a switch: below this it is not worth it. */
export const WORTH_PAUSING_CENTS = 5

/** Undefined where no stretch that long is known. */
export function cheapestRun(
  prices: readonly PriceInterval[],
  appliance: Appliance,
  request: RunRequest,
): Run | undefined {
  const wanted = blocksRequest(appliance, request)
  if (appliance.blockMinutes !== undefined) return cheapestBlocks(prices, wanted)
  const unbroken = cheapestWindow(prices, { ...wanted, ...profileOf(appliance) })
  return unbroken && { ...unbroken, blocks: [{ startMs: unbroken.startMs, endMs: unbroken.endMs }] }
}

/** Of a load that may not pause: one block. */
export const blocksRequest = (
  { durationMinutes, blockMinutes = durationMinutes, kwh }: Appliance,
  { nowMs, deadlineMs }: RunRequest,
): BlocksRequest => ({
  nowMs,
  deadlineMs,
  durationMs: durationMinutes * MINUTE_MS,
  blockMs: blockMinutes * MINUTE_MS,
  centsPerPause: WORTH_PAUSING_CENTS / kwh,
})

/** Cents of a run in these blocks; undefined where part of them has no known price. */
export function costOf(
  prices: readonly PriceInterval[],
  appliance: Appliance,
  blocks: readonly Interval[],
  rankedBy: RankedBy = 'predicted',
): number | undefined {
  const options = { rankedBy, ...profileOf(appliance) }
  const averages = blocks.map((block) => averageCents(prices, block, options))
  const wholeMs = blocks.reduce((sum, block) => sum + durationMs(block), 0)
  return averages.reduce<number | undefined>((sum, average, index) => {
    if (sum === undefined || average === undefined) return undefined
    return sum + (average * appliance.kwh * durationMs(blocks[index]!)) / wholeMs
  }, 0)
}

/** What may pause has no shape to keep. */
export const profileOf = ({ profile, blockMinutes }: Appliance): Pick<Appliance, 'profile'> =>
  profile && blockMinutes === undefined ? { profile } : {}
