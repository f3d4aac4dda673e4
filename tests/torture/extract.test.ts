// Some seconds of what `npm run torture` does for minutes, so that it cannot fall silent between two of its runs.
import { expect, it, vi } from 'vitest'
import { HOUR_MS } from '#domain/interval.ts'
import { runAnswers } from './answers/answers.ts'
import { TRIALS } from './faults/trials.ts'
import { runWeek } from './faults/week.ts'
import { runKills } from './kills/kills.ts'
import { failFileCalls, hasCompiler } from './statements/file-calls.ts'
import { failSqlStatements } from './statements/sql-statements.ts'

const SEED = 7
// Seconds on a machine of its own; on one that is shared with everything else, more.
vi.setConfig({ testTimeout: 600_000 })

it('a day of broken answers and the one after it lose nothing', async () => {
  const trial = TRIALS.find(({ name }) => name.startsWith('500'))!
  const row = await runWeek(trial, SEED, { days: 1.6, quietMs: 6 * HOUR_MS })
  expect(row.losses).toEqual([])
  expect(row.faults).toBeGreaterThan(10)
})

it('has a trial for each fault of Amber that has been seen', () => {
  expect(new Set(TRIALS.map(({ name }) => name)).size).toBe(TRIALS.length)
  expect(TRIALS.length).toBeGreaterThan(25)
})

it('a sync that is killed loses nothing', async () => {
  const [row] = await runKills(SEED, 2)
  expect(row).toMatchObject({ faults: 2, losses: [] })
})

it('a statement that fails loses nothing', async () => {
  const row = await failSqlStatements(SEED, 70)
  expect(row.losses).toEqual([])
  expect(row.faults).toBeGreaterThan(4)
})

it.skipIf(!hasCompiler())('a file call that fails loses nothing (skipped without a C compiler)', async () => {
  const row = await failFileCalls(SEED, 70)
  expect(row.losses).toEqual([])
  expect(row.faults).toBeGreaterThan(4)
})

it('answers that are spoilt, in every manner, lose nothing and put nothing wrong in its place', async () => {
  const rows = await runAnswers(SEED, 30)
  expect(rows.flatMap(({ losses }) => losses)).toEqual([])
  expect(rows.map(({ faults }) => faults)).toEqual([6, 6, 6, 6, 6])
})
