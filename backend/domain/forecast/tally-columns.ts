// A tally as it travels and rests on a device: columns of whole numbers, a quarter of what its cells would weigh.
import { EMPTY_BINS } from './band-ratio.ts'
import { LEAD_TIMES } from './lead-time.ts'
import { EMPTY_TALLY, type ForecastTally, type TallyCell } from './tally.ts'

export interface TallyColumns {
  /** Of each sum of a cell its value by lead time and hour, one lead time after the other: 24 each. */
  readonly cells: Readonly<Record<string, readonly number[]>>
  readonly bins: readonly (readonly number[])[]
  readonly days: readonly number[]
}

const HOURS = 24
const SUMS = Object.keys(EMPTY_TALLY.cells[0]![0]!) as (keyof TallyCell)[]

export const tallyColumns = ({ cells, bins, days }: ForecastTally): TallyColumns => ({
  cells: Object.fromEntries(SUMS.map((sum) => [sum, cells.flat().map((cell) => Math.round(cell[sum]))])),
  bins: bins.map((counts) => counts.map(Math.round)),
  days,
})

/** Undefined: of a version that counts by other lead times, hours or sums. */
export function tallyOfColumns({ cells, bins, days }: TallyColumns): ForecastTally | undefined {
  const isWhole =
    SUMS.every((sum) => cells[sum]?.length === LEAD_TIMES.length * HOURS) &&
    bins.length === LEAD_TIMES.length &&
    bins.every(({ length }) => length === EMPTY_BINS.length) &&
    days.length === LEAD_TIMES.length
  if (!isWhole) return undefined
  const cellAt = (index: number) =>
    Object.fromEntries(SUMS.map((sum) => [sum, cells[sum]![index]])) as unknown as TallyCell
  return {
    cells: LEAD_TIMES.map((_, lead) =>
      Array.from({ length: HOURS }, (_, hour) => cellAt(lead * HOURS + hour)),
    ),
    bins,
    days,
  }
}
