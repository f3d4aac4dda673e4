// A day of rows as columns, and how two such days become one: what PriceDay and UsageDay have in common.
import type { Tariff } from './price.ts'

export interface DayColumns {
  /** Minutes from NEM midnight to the row's end. With `minutes` the row's identity. */
  readonly end: readonly number[]
  readonly minutes: readonly number[]
  /** Index into `tariffs`. */
  readonly tariff: readonly (number | null)[]
  readonly tariffs: readonly Tariff[]
}

type ColumnName<Day extends DayColumns> = {
  [Name in keyof Day]: Day[Name] extends readonly (number | null)[] ? Name : never
}[keyof Day]

interface Source<Day> {
  readonly day: Day
  readonly index: number
}

/**
 * The rows of both days, ascending by end; where both have a row of the same end and length, the newer's stands.
 * Columns are copied as they are, so what a newer server writes in them outlives an older app.
 */
export function mergeColumns<Day extends DayColumns>(
  older: Day | undefined,
  newer: Day,
  names: readonly ColumnName<Day>[],
): Day {
  const sources = sourcesOf(older ? [older, newer] : [newer])
  const columns = names.map((name) => [name, columnOf(sources, name)])
  return { ...older, ...newer, ...Object.fromEntries(columns), ...tariffColumns(sources.map(tariffOf)) }
}

/** The column of indexes and the table they point into: each tariff once, in the order of its first row. */
export function tariffColumns(
  tariffs: readonly (Tariff | undefined)[],
): Pick<DayColumns, 'tariff' | 'tariffs'> {
  const places = new Map<string, number>()
  const table: Tariff[] = []
  const tariff = tariffs.map((value) => {
    if (!value) return null
    const key = JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    const place = places.get(key) ?? table.push(value) - 1
    places.set(key, place)
    return place
  })
  return { tariff, tariffs: table }
}

/** Which cell each row of the merged day comes from; a later one of the same row takes the earlier one's place. */
function sourcesOf<Day extends DayColumns>(days: readonly Day[]): Source<Day>[] {
  const chosen = new Map<string, Source<Day>>()
  for (const day of days)
    for (const [index, end] of day.end.entries()) chosen.set(`${end}/${day.minutes[index]}`, { day, index })
  return [...chosen.values()].sort(byEnd)
}

const byEnd = (a: Source<DayColumns>, b: Source<DayColumns>): number =>
  a.day.end[a.index]! - b.day.end[b.index]! || a.day.minutes[a.index]! - b.day.minutes[b.index]!

const columnOf = <Day extends DayColumns>(sources: readonly Source<Day>[], name: ColumnName<Day>) =>
  sources.map(({ day, index }) => (day[name] as readonly (number | null)[] | undefined)?.[index] ?? null)

const tariffOf = ({ day, index }: Source<DayColumns>): Tariff | undefined =>
  day.tariffs[day.tariff[index] ?? -1]
