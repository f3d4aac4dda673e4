// What a part of the torture has done, as a table that a person reads.

export interface Row {
  readonly part: string
  readonly name: string
  /** Syncs that were begun. */
  readonly rounds: number
  /** What was made to go wrong, and met a sync. */
  readonly faults: number
  /** Each is one sentence: a fact that is missing, wrong or too much; a crash. */
  readonly losses: readonly string[]
}

export const lossesIn = (rows: readonly Row[]): number =>
  rows.reduce((sum, { losses }) => sum + losses.length, 0)

const HEADS = ['part', 'what', 'rounds', 'faults', 'losses']

export function tableOf(rows: readonly Row[]): string {
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0)
  const lines = [
    HEADS,
    ...rows.map((row) => [row.part, row.name, ...counts(row.rounds, row.faults, row.losses.length)]),
    [
      '',
      'all',
      ...counts(
        sum(({ rounds }) => rounds),
        sum(({ faults }) => faults),
        lossesIn(rows),
      ),
    ],
  ]
  const widths = HEADS.map((_, column) => Math.max(...lines.map((line) => (line[column] as string).length)))
  const padded = (text: string, column: number) =>
    column < 2 ? text.padEnd(widths[column] as number) : text.padStart(widths[column] as number)
  return lines.map((line) => line.map(padded).join('  ').trimEnd()).join('\n')
}

const counts = (...numbers: number[]): string[] => numbers.map((number) => String(number))

const SHOWN = 10

/** Nothing where nothing was lost. */
export const lossesText = (rows: readonly Row[]): string[] =>
  rows
    .filter(({ losses }) => losses.length > 0)
    .map(({ part, name, losses }) =>
      [`${part}, ${name}:`, ...losses.slice(0, SHOWN), ...more(losses.length)].join('\n  '),
    )

const more = (count: number): string[] => (count > SHOWN ? [`… and ${count - SHOWN} more`] : [])
