// Which of many equal cells of time to run in, so many of them in runs that are long enough: the cheapest choice, and the
// cheapest of those that do not cost too much at worst.

/** Cents per kWh times milliseconds; infinite where a cell must not be chosen. */
export type Costs = readonly number[]

export interface CellChoice {
  /** Counts of cells. */
  readonly need: number
  readonly shortest: number
  /** What each run costs to begin, in the measure of the cells: the first as well, which changes no choice. */
  readonly beginning: number
}

/** Sums of the same costs may differ in their last digits. */
const TIE = 1e-3

const NEVER = Number.POSITIVE_INFINITY

/** Ascending; the earliest and fewest runs on a tie. Undefined where no choice is possible. */
export const cheapestCells = (costs: Costs, choice: CellChoice): number[] | undefined =>
  walkedBack(costs, leastCosts(costs, choice), choice)

/** How much the worst counts against what is likely. */
const WEIGHTS = [0, 0.25, 0.5, 0.75, 1]

/** Prices whose high ends have nothing to do with what is predicted leave far more to follow than a forecast does. */
const MOST_PARTS = 20_000

/**
 * The cheapest by `costs` of all choices that cost less than `below` by `worst`, which knows of no cost to begin. Exact:
 * every choice is followed from its end back, until another one with as many cells is better in both, or none of the cells
 * before could make it both allowed and as cheap as one that is known. That leaves some hundreds; where it leaves far more
 * a screen would have to wait, and the cheapest that is known stands: allowed, but perhaps not the cheapest.
 */
export function safeCells(
  costs: Costs,
  worst: Costs,
  choice: CellChoice,
  below: number,
): number[] | undefined {
  let known = NEVER
  let knownCells: readonly number[] | undefined
  const allowed = below - TIE
  const bounds = WEIGHTS.map((weight) => {
    const mix = (cost: number, atWorst: number): number =>
      cost === atWorst ? cost : cost + weight * (atWorst - cost)
    const mixed = costs.map((cost, cell) => mix(cost, worst[cell]!))
    const weighed = { ...choice, beginning: mix(choice.beginning, 0) }
    const least = leastCosts(mixed, weighed)
    const cells = walkedBack(mixed, least, weighed) ?? []
    const runs = cells.filter((cell, index) => cell - 1 !== cells[index - 1]).length
    const cost = sum(cells.map((cell) => costs[cell]!)) + runs * choice.beginning + TIE
    if (runs > 0 && cost < known && sum(cells.map((cell) => worst[cell]!)) < allowed) {
      known = cost
      knownCells = cells
    }
    return { mix, least }
  })
  if (!knownCells) return undefined
  const isHopeful = (state: number, { cost, atWorst }: Part): boolean =>
    bounds.every(({ mix, least }) => mix(cost, atWorst) + least[state]! <= mix(known, allowed))
  return followed(costs, worst, choice, isHopeful) ?? [...knownCells]
}

interface Part {
  readonly cost: number
  readonly atWorst: number
  /** Ascending. */
  readonly cells: readonly number[]
}

/** Undefined: there were too many. */
function followed(
  costs: Costs,
  worst: Costs,
  { need, shortest, beginning }: CellChoice,
  isHopeful: (state: number, part: Part) => boolean,
): number[] | undefined {
  const step = stepOf(need)
  const parts: Part[][] = []
  let followedParts = 0
  const reach = (state: number, part: Part): void => {
    const others = parts[state] ?? []
    const isBehind = (one: Part): boolean => one.cost <= part.cost + TIE && one.atWorst <= part.atWorst + TIE
    if (!isHopeful(state, part) || others.some(isBehind)) return
    parts[state] = [...others, part]
    followedParts += 1
  }
  const take = (state: number, count: number, { cost, atWorst, cells }: Part, begun: 0 | 1): void => {
    const end = Math.floor(state / step)
    reach(state - count * (step + 2) + begun, {
      cost: cost + sum(costs.slice(end - count, end)) + begun * beginning,
      atWorst: atWorst + sum(worst.slice(end - count, end)),
      cells: [...Array.from({ length: count }, (_, index) => end - count + index), ...cells],
    })
  }
  let found: Part | undefined
  reach(costs.length * step + step - 1, { cost: 0, atWorst: 0, cells: [] })
  for (let state = parts.length - 1; state > 0; state -= 1) {
    if (followedParts > MOST_PARTS) return undefined
    for (const part of parts[state] ?? []) {
      if (part.cells.length === need) found = found && found.cost <= part.cost ? found : part
      else if (state % 2) {
        reach(state - step, part)
        reach(state - 1, part)
      } else {
        take(state, 1, part, 0)
        if (need - part.cells.length >= shortest) take(state, shortest, part, 1)
      }
    }
  }
  return found && [...found.cells]
}

/** States are counted by the first so many cells, then by how many of them are chosen, then by whether in any way. */
const stepOf = (need: number): number => 2 * (need + 1)

/**
 * What the first so many cells cost at best with so many of them chosen, in two states: with the last of them in a run that
 * is long enough, then in whatever way.
 */
function leastCosts(costs: Costs, { need, shortest, beginning }: CellChoice): Float64Array {
  const step = stepOf(need)
  const least = new Float64Array((costs.length + 1) * step).fill(NEVER)
  least[1] = 0
  for (let end = 1; end <= costs.length; end += 1) {
    least[end * step + 1] = 0
    const run = sum(costs.slice(end - shortest, end)) + beginning
    for (let state = end * step + 2; state < (end + 1) * step; state += 2) {
      const extended = least[state - step - 2]! + costs[end - 1]!
      const begun =
        end < shortest || state % step < 2 * shortest
          ? NEVER
          : least[state - shortest * (step + 2) + 1]! + run
      least[state] = Math.min(extended, begun)
      least[state + 1] = Math.min(least[state + 1 - step]!, least[state]!)
    }
  }
  return least
}

function walkedBack(costs: Costs, least: Float64Array, { need, shortest }: CellChoice): number[] | undefined {
  const step = stepOf(need)
  const cells: number[] = []
  let state = least.length - 1
  if (least[state] === NEVER) return undefined
  while (state % step > 1) {
    const last = Math.floor(state / step) - 1
    const goesOn = least[state - step - 2]! + costs[last]! <= least[state]! + TIE
    const count = goesOn ? 1 : shortest
    if (state % 2) state -= least[state - step]! <= least[state]! + TIE ? step : 1
    else {
      for (let taken = 0; taken < count; taken += 1) cells.unshift(last - taken)
      state -= count * (step + 2) - (goesOn ? 0 : 1)
    }
  }
  return cells
}

const sum = (costs: Costs): number => costs.reduce((all, cost) => all + cost, 0)
