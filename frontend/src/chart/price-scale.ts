// One scale for every day, so that heights can be learned: 0–20, 20–40 and 40–80 c stand equally high. A fourth part for
// 80 c to $20 is added only when something in view passes 80 c, and so a spike cannot flatten the day.
const KNOTS = [0, 20, 40, 80]
const SPIKE_KNOT = 2000
/** Where the part below zero ends; a price beneath it is drawn here, and its label says the number. */
const LOWEST_CENTS = -20
const BELOW_SHARE = 0.28
/** What is hardly below zero is still seen to be. */
const LEAST_BELOW_SHARE = 0.07

export interface PriceScale {
  /** Where a rule is drawn, above zero, ascending. */
  readonly rules: readonly number[]
  /** True when the top part is the spike's: the axis is broken at 80 c. */
  readonly isBroken: boolean
  /** Height of the part below zero, as a share of the part above it; 0 when nothing is below. */
  readonly below: number
  /** 0 on the zero line, 1 at the top, negative below zero. */
  heightOf(cents: number): number
}

export function priceScale(lowestCents: number, highestCents: number): PriceScale {
  const isBroken = highestCents > KNOTS.at(-1)!
  const knots = isBroken ? [...KNOTS, SPIKE_KNOT] : KNOTS
  const below = depthBelow(lowestCents)
  const heightOf = (cents: number) =>
    cents < 0 ? -Math.min(below, depthBelow(cents)) : heightAbove(cents, knots)
  return { rules: knots.slice(1), isBroken, below, heightOf }
}

function depthBelow(cents: number): number {
  if (cents >= 0) return 0
  const share = Math.min(1, cents / LOWEST_CENTS)
  return LEAST_BELOW_SHARE + share * (BELOW_SHARE - LEAST_BELOW_SHARE)
}

function heightAbove(cents: number, knots: readonly number[]): number {
  const parts = knots.length - 1
  const top = knots.findIndex((knot) => cents <= knot)
  if (top === -1) return 1
  if (top === 0) return 0
  const [from, to] = [knots[top - 1]!, knots[top]!]
  return (top - 1 + (cents - from) / (to - from)) / parts
}
