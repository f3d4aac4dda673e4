// A figure is a ratio: ours against an anchor that was measured in the same run, turn by turn, so that a slow or busy
// machine is slow for both.

export interface Figure {
  readonly what: string
  readonly anchor: string
  readonly unit: 'ms' | 'B'
  readonly ours: number
  readonly theirs: number
  /** Ours divided by theirs, in the middle half of the turns; absent where both are the same each time. */
  readonly spread?: readonly [number, number]
}

export interface Scale {
  /** Turns of each figure that is timed. */
  readonly rounds: number
  /** Of the home's facts. */
  readonly days: number
}

export const FULL: Scale = { rounds: 15, days: 90 }

type Side = () => number | Promise<number>

/** Each side says how long its turn took, in ms. The first turn of both is to warm up and does not count. */
export async function timed(
  names: Pick<Figure, 'what' | 'anchor'>,
  { rounds }: Scale,
  ours: Side,
  theirs: Side,
): Promise<Figure> {
  await ours()
  await theirs()
  const turns: { ours: number; theirs: number }[] = []
  for (let round = 0; round < rounds; round++) turns.push({ ours: await ours(), theirs: await theirs() })
  const ratios = turns.map((turn) => turn.ours / turn.theirs).sort((a, b) => a - b)
  return {
    ...names,
    unit: 'ms',
    ours: median(turns.map((turn) => turn.ours)),
    theirs: median(turns.map((turn) => turn.theirs)),
    spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
  }
}

export function stopwatch<Result>(task: () => Result): number {
  const began = performance.now()
  task()
  return performance.now() - began
}

export const ratioOf = ({ ours, theirs }: Figure): number => ours / theirs

export const median = (values: readonly number[]): number =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  )

/** Of ascending values. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number
