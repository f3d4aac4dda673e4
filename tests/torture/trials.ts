// The parts of the torture that are about facts: what a household's database holds after everything that can go wrong.
import { runAnswers } from './answers/answers.ts'
import { runFaults } from './faults/faults.ts'
import { runKills } from './kills/kills.ts'
import { lossesIn, lossesText, type Row, tableOf } from './report.ts'
import { failFileCalls } from './statements/file-calls.ts'
import { failSqlStatements } from './statements/sql-statements.ts'

export const TRIAL_PARTS = {
  faults: runFaults,
  kills: (seed: number) => runKills(seed),
  statements: async (seed: number) => await Promise.all([failFileCalls(seed), failSqlStatements(seed)]),
  answers: (seed: number) => runAnswers(seed),
} satisfies Record<string, (seed: number, tell: (row: Row) => void, only?: string) => Promise<Row[]>>

export type DataPart = keyof typeof TRIAL_PARTS

/** Prints the table of these parts; the exit code. */
export async function runTrials(parts: readonly DataPart[], args: readonly string[]): Promise<number> {
  const seed = seedOf(args)
  if (seed === undefined) {
    console.error('--seed needs a whole number')
    return 64
  }
  const startedMs = performance.now()
  const rows: Row[] = []
  for (const part of parts) {
    console.log(`${part} …`)
    rows.push(...(await TRIAL_PARTS[part](seed, tellOf, onlyOf(args))))
  }
  const minutes = ((performance.now() - startedMs) / 60_000).toFixed(1)
  console.log(`\nseed ${seed}, ${minutes} minutes\n\n${tableOf(rows)}\n`)
  for (const text of lossesText(rows)) console.log(text)
  console.log(lossesIn(rows) === 0 ? 'nothing was lost' : `${lossesIn(rows)} LOSSES`)
  return lossesIn(rows) === 0 ? 0 : 1
}

const tellOf = ({ name, losses }: Row): void =>
  console.log(`  ${losses.length === 0 ? 'ok' : `${losses.length} LOSSES`}  ${name}`)

/** Words of the names of the weeks that are meant; all where none are given. */
function onlyOf(args: readonly string[]): string {
  const at = args.indexOf('--only')
  return at < 0 ? '' : (args[at + 1] ?? '')
}

/** 1 where none is given, so that two runs of the same version are the same. */
function seedOf(args: readonly string[]): number | undefined {
  const at = args.indexOf('--seed')
  if (at < 0) return 1
  const seed = Number(args[at + 1])
  return Number.isSafeInteger(seed) ? seed : undefined
}
