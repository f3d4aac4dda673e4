// Eight patterns, one of which is laid over the text so that no large areas and no false finders arise.
// ISO/IEC 18004, section 7.8.
import type { Matrix } from './matrix.ts'

export const MASKS = [0, 1, 2, 3, 4, 5, 6, 7] as const

export function isMasked(mask: number, row: number, column: number): boolean {
  const both = row * column
  switch (mask) {
    case 0:
      return (row + column) % 2 === 0
    case 1:
      return row % 2 === 0
    case 2:
      return column % 3 === 0
    case 3:
      return (row + column) % 3 === 0
    case 4:
      return (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0
    case 5:
      return (both % 2) + (both % 3) === 0
    case 6:
      return ((both % 2) + (both % 3)) % 2 === 0
    default:
      return (((row + column) % 2) + (both % 3)) % 2 === 0
  }
}

/** The lower, the easier to read. */
export function penalty(matrix: Matrix): number {
  const columns = matrix.map((_, column) => matrix.map((row) => row[column]!))
  const lines = [...matrix, ...columns].map((line) => line.map((isDark) => (isDark ? '1' : '0')).join(''))
  const runs = lines.reduce((sum, line) => sum + penaltyOfRuns(line), 0)
  const finders = lines.reduce((sum, line) => sum + 40 * finderLikes(line), 0)
  return runs + finders + 3 * blocks(matrix) + 10 * imbalance(matrix)
}

const penaltyOfRuns = (line: string): number =>
  (line.match(/0{5,}|1{5,}/g) ?? []).reduce((sum, run) => sum + run.length - 2, 0)

const finderLikes = (line: string): number => (line.match(/(?=10111010000|00001011101)/g) ?? []).length

/** Squares of two by two in one colour, overlapping ones each. */
function blocks(matrix: Matrix): number {
  let count = 0
  for (let row = 1; row < matrix.length; row++)
    for (let column = 1; column < matrix.length; column++) {
      const corner = matrix[row]![column]
      const isBlock =
        corner === matrix[row - 1]![column] &&
        corner === matrix[row]![column - 1] &&
        corner === matrix[row - 1]![column - 1]
      if (isBlock) count++
    }
  return count
}

/** In steps of five per cent away from half dark. */
function imbalance(matrix: Matrix): number {
  const dark = matrix.flat().filter(Boolean).length
  return Math.floor(Math.abs((dark / matrix.length ** 2) * 100 - 50) / 5)
}
