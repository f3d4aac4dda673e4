// A forecast set as it was made, packed small enough to keep for years: what Amber predicted cannot be asked of it later.
// Each number is the difference to the one before, in tenths of a cent or in minutes, as a zigzag varint.
import { MINUTE_MS } from './interval.ts'
import type { PriceInterval } from './price.ts'

/** What was predicted of one interval; cents per kWh to a tenth. `low` and `high` where Amber gave a band. */
export interface PredictedInterval {
  readonly startMs: number
  readonly endMs: number
  readonly cents: number
  readonly band?: { readonly low: number; readonly predicted: number; readonly high: number }
}

const TENTHS = 10

export function packVintage(forecasts: readonly PriceInterval[]): Uint8Array {
  const rows = [...forecasts].sort((a, b) => a.endMs - b.endMs)
  const numbers: number[] = []
  let last = [0, 0, 0, 0, 0]
  for (const { startMs, endMs, centsPerKwh, advanced } of rows) {
    const row = [
      endMs / MINUTE_MS,
      tenths(centsPerKwh),
      tenths(advanced?.low ?? centsPerKwh),
      tenths(advanced?.predicted ?? centsPerKwh),
      tenths(advanced?.high ?? centsPerKwh),
    ]
    numbers.push(((endMs - startMs) / MINUTE_MS) * 2 + (advanced ? 1 : 0))
    const kept = advanced ? row : row.slice(0, 2)
    kept.forEach((value, column) => {
      numbers.push(zigzag(value - (last[column] as number)))
    })
    last = row
  }
  return Uint8Array.from(numbers.flatMap(varint))
}

export function unpackVintage(packed: Uint8Array): PredictedInterval[] {
  const next = numbersOf(packed)
  const rows: PredictedInterval[] = []
  let last = [0, 0, 0, 0, 0]
  for (let head = next(); head !== undefined; head = next()) {
    const banded = head % 2 === 1
    const read = (column: number) => (last[column] as number) + unzigzag(next() ?? 0)
    const [end, cents] = [read(0), read(1)]
    const [low, predicted, high] = banded ? [read(2), read(3), read(4)] : [cents, cents, cents]
    last = [end, cents, low, predicted, high]
    rows.push({
      startMs: (end - Math.floor(head / 2)) * MINUTE_MS,
      endMs: end * MINUTE_MS,
      cents: cents / TENTHS,
      ...(banded ? { band: { low: low / TENTHS, predicted: predicted / TENTHS, high: high / TENTHS } } : {}),
    })
  }
  return rows
}

const tenths = (cents: number): number => Math.round(cents * TENTHS)
const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value)
const unzigzag = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2)

/** Seven bits a byte, the lowest first; by division, since minutes since 1970 outgrow 32 bits when doubled. */
function varint(value: number): number[] {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest]
    bytes.push((rest % 128) + 128)
  }
}

function numbersOf(packed: Uint8Array): () => number | undefined {
  let at = 0
  return () => {
    if (at >= packed.length) return undefined
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = packed[at++] ?? 0
      value += (byte % 128) * scale
      if (byte < 128) return value
    }
  }
}
