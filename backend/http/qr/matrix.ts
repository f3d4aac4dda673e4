// Where the bits of a QR code go: finders, timing, alignment, format, and the text in a zigzag around them.
// ISO/IEC 18004, sections 6.3 and 7.7 to 7.9.
import type { Codewords } from './codewords.ts'
import { isMasked, MASKS, penalty } from './masks.ts'

/** Rows of modules; true is dark. Without the quiet zone of four modules around it. */
export type Matrix = readonly (readonly boolean[])[]

type Canvas = (boolean | undefined)[][]

export function matrixOf(codewords: Codewords): Matrix {
  const canvas = withPatterns(codewords.version)
  const places = zigzag(canvas)
  const bits = codewords.bytes.flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => (byte >> bit) & 1))
  const drawn = MASKS.map((mask) => {
    const matrix = canvas.map((row) => row.map(Boolean))
    // The modules that are left over at the end count as zeros.
    places.forEach(([row, column], at) => {
      matrix[row]![column] = (bits[at] === 1) !== isMasked(mask, row, column)
    })
    drawFormat(matrix, mask)
    return { matrix, penalty: penalty(matrix) }
  })
  return drawn.reduce((best, each) => (each.penalty < best.penalty ? each : best)).matrix
}

function withPatterns(version: number): Canvas {
  const size = 17 + 4 * version
  const canvas: Canvas = Array.from({ length: size }, () => Array(size).fill(undefined))
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const)
    drawSquares(canvas, row, column, 4, [4, 2])
  if (version > 1) drawSquares(canvas, size - 7, size - 7, 2, [1])
  for (let at = 8; at < size - 8; at++) {
    canvas[6]![at] = at % 2 === 0
    canvas[at]![6] = at % 2 === 0
  }
  drawFormat(canvas, 0)
  return canvas
}

/** Squares within squares around a centre; `light` are the rings that are light. */
function drawSquares(
  canvas: Canvas,
  row: number,
  column: number,
  radius: number,
  light: readonly number[],
): void {
  for (let y = -radius; y <= radius; y++)
    for (let x = -radius; x <= radius; x++) {
      const line = canvas[row + y]
      if (line && column + x >= 0 && column + x < canvas.length)
        line[column + x] = !light.includes(Math.max(Math.abs(x), Math.abs(y)))
    }
}

/** Level M and the mask, twice, with ten bits of correction of their own; and one module that is always dark. */
function drawFormat(canvas: Canvas, mask: number): void {
  const last = canvas.length - 1
  const bits = formatBits(mask)
  for (let at = 0; at < 15; at++) {
    const isDark = ((bits >> at) & 1) === 1
    const [row, column] = formatPlace(at)
    canvas[row]![column] = isDark
    if (at < 8) canvas[8]![last - at] = isDark
    else canvas[last - 14 + at]![8] = isDark
  }
  canvas[last - 7]![8] = true
}

/** Around the upper left finder, from below its right corner to its lower left one. */
function formatPlace(at: number): readonly [row: number, column: number] {
  if (at < 8) return [at < 6 ? at : at + 1, 8]
  return [8, at === 8 ? 7 : 14 - at]
}

export function formatBits(mask: number): number {
  const LEVEL_M = 0b00
  const told = (LEVEL_M << 3) | mask
  let rest = told << 10
  for (let bit = 14; bit >= 10; bit--) if ((rest >> bit) & 1) rest ^= 0b10100110111 << (bit - 10)
  return ((told << 10) | rest) ^ 0b101010000010010
}

/** Pairs of columns from the right, up and down in turn, past the column of the timing pattern. */
function zigzag(canvas: Canvas): (readonly [row: number, column: number])[] {
  const last = canvas.length - 1
  const places: (readonly [number, number])[] = []
  let isUp = true
  for (let right = last; right > 0; right -= right === 8 ? 3 : 2) {
    for (let step = 0; step <= last; step++) {
      const row = isUp ? last - step : step
      for (const column of [right, right - 1])
        if (canvas[row]![column] === undefined) places.push([row, column])
    }
    isUp = !isUp
  }
  return places
}
