// Reads a QR code as a scanner does, from the picture: written from the standard's reading steps and not from the writer.
import { expect } from 'vitest'

/** Dark modules of an SVG of ours, without the quiet zone, which must be there and be light. */
export function modulesOf(svg: string): boolean[][] {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1])
  const dark = Array.from({ length: size }, () => Array<boolean>(size).fill(false))
  const [, path = ''] = /<path d="([^"]*)"\/>/.exec(svg) ?? []
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) dark[Number(y)]![Number(x)] = true
  const isQuiet = (at: number) => at < 4 || at >= size - 4
  dark.forEach((row, y) => {
    row.forEach((isDark, x) => {
      if (isQuiet(x) || isQuiet(y)) expect(isDark).toBe(false)
    })
  })
  return dark.slice(4, -4).map((row) => row.slice(4, -4))
}

/** By version: bytes of text and of correction in each block, and the number of blocks, of level M. ISO/IEC 18004, table 9. */
const TABLE_9 = {
  1: [16, 10, 1],
  2: [28, 16, 1],
  3: [44, 26, 1],
  4: [32, 18, 2],
  5: [43, 24, 2],
  6: [27, 16, 4],
} as const

/** All fifteen bits of level M as printed in the standard's table C.1 and many places since, by mask. */
export const FORMATS_OF_LEVEL_M = [
  '101010000010010',
  '101000100100101',
  '101111001111100',
  '101101101001011',
  '100010111111001',
  '100000011001110',
  '100111110010111',
  '100101010100000',
]

const MASKS: ((i: number, j: number) => boolean)[] = [
  (i, j) => (i + j) % 2 === 0,
  (i) => i % 2 === 0,
  (_, j) => j % 3 === 0,
  (i, j) => (i + j) % 3 === 0,
  (i, j) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2 === 0,
  (i, j) => ((i * j) % 2) + ((i * j) % 3) === 0,
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2 === 0,
  (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2 === 0,
]

export function read(modules: readonly (readonly boolean[])[]): string {
  const size = modules.length
  const version = (size - 17) / 4
  expectFinders(modules)
  const mask = maskOf(modules)
  const bits: number[] = []
  let upwards = true
  for (let column = size - 1; column > 0; column -= 2) {
    if (column === 6) column = 5
    for (let step = 0; step < size; step++) {
      const row = upwards ? size - 1 - step : step
      for (const j of [column, column - 1])
        if (!isFunction(row, j, size)) bits.push(Number(modules[row]![j] !== MASKS[mask]!(row, j)))
    }
    upwards = !upwards
  }
  const bytes = Array.from({ length: Math.floor(bits.length / 8) }, (_, at) =>
    Number.parseInt(bits.slice(at * 8, at * 8 + 8).join(''), 2),
  )
  return textOf(corrected(bytes, version as keyof typeof TABLE_9))
}

function expectFinders(modules: readonly (readonly boolean[])[]): void {
  const size = modules.length
  const finder = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######']
  for (const [top, left] of [
    [0, 0],
    [0, size - 7],
    [size - 7, 0],
  ] as const)
    expect(
      finder.map((_, y) => finder.map((_, x) => (modules[top + y]![left + x] ? '#' : '.')).join('')),
    ).toEqual(finder)
}

/** Finders with their frame and format, timing, and the one alignment pattern of these sizes. */
function isFunction(row: number, column: number, size: number): boolean {
  if (row === 6 || column === 6) return true
  if (row < 9 && (column < 9 || column >= size - 8)) return true
  if (row >= size - 8 && column < 9) return true
  return size > 21 && Math.abs(row - (size - 7)) <= 2 && Math.abs(column - (size - 7)) <= 2
}

/** Both copies of the format must say the same of the fifteen known ones. */
function maskOf(modules: readonly (readonly boolean[])[]): number {
  const size = modules.length
  const digits = (places: readonly (readonly [number, number])[]) =>
    places.map(([row, column]) => Number(modules[row]![column])).join('')
  const around = digits([
    ...[0, 1, 2, 3, 4, 5, 7, 8].map((column) => [8, column] as const),
    ...[7, 5, 4, 3, 2, 1, 0].map((row) => [row, 8] as const),
  ])
  const apart = digits([
    ...[1, 2, 3, 4, 5, 6, 7].map((from) => [size - from, 8] as const),
    ...[8, 7, 6, 5, 4, 3, 2, 1].map((from) => [8, size - from] as const),
  ])
  expect(apart).toBe(around)
  expect(modules[size - 8]![8]).toBe(true)
  return FORMATS_OF_LEVEL_M.indexOf(around)
}

/** The bytes of the text, in their order; each block must be free of errors. */
function corrected(bytes: readonly number[], version: keyof typeof TABLE_9): number[] {
  const [length, corrections, count] = TABLE_9[version]
  const blocks = Array.from({ length: count }, (_, block) => [
    ...Array.from({ length }, (_, at) => bytes[at * count + block]!),
    ...Array.from({ length: corrections }, (_, at) => bytes[length * count + at * count + block]!),
  ])
  for (const block of blocks) expect(syndromes(block, corrections)).toEqual(Array(corrections).fill(0))
  return blocks.flatMap((block) => block.slice(0, length))
}

/** The block as a polynomial, at each root; zero everywhere where nothing is wrong. */
function syndromes(block: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, root) => {
    let x = 1
    for (let step = 0; step < root; step++) x = times(x, 2)
    return block.reduce((sum, coefficient) => times(sum, x) ^ coefficient, 0)
  })
}

/** In the field of 256 elements, the slow and plain way: shift and add. */
function times(a: number, b: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit--) {
    product = product << 1
    if (product & 0x100) product ^= 0x11d
    if ((b >> bit) & 1) product ^= a
  }
  return product
}

function textOf(bytes: readonly number[]): string {
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('')
  expect(bits.slice(0, 4)).toBe('0100')
  const length = Number.parseInt(bits.slice(4, 12), 2)
  const text = Uint8Array.from({ length }, (_, at) =>
    Number.parseInt(bits.slice(12 + at * 8, 20 + at * 8), 2),
  )
  return new TextDecoder('utf-8', { fatal: true }).decode(text)
}
