// Each statement of a sync fails once: SQLite's own errors, at the one place that all statements pass.
import Database from 'better-sqlite3'
import { createDice } from '../dice.ts'
import type { Row } from '../report.ts'
import { openOneSync } from './one-sync.ts'

const ERRORS = ['SQLITE_IOERR_WRITE', 'SQLITE_BUSY', 'SQLITE_IOERR_READ', 'SQLITE_READONLY', 'SQLITE_CORRUPT']

/** Every `step`-th of them. */
export async function failSqlStatements(seed: number, step = 1): Promise<Row> {
  const dice = createDice(seed, 'statements')
  const statements = interceptStatements()
  const home = await openOneSync(seed)
  const losses: string[] = []
  let rounds = 0
  let faults = 0
  try {
    const said = await home.round(() => statements.failAt(0, ''), statements.stop)
    losses.push(...said.map((sentence) => `with nothing wrong: ${sentence}`))
    const count = statements.counted()
    for (let n = 1; n <= count; n += step)
      for (const code of ['SQLITE_FULL', dice.pick(ERRORS)]) {
        const found = await home.round(() => statements.failAt(n, code), statements.stop)
        losses.push(...found.map((sentence) => `${code} at statement ${n} of ${count}: ${sentence}`))
        rounds += 1
        faults += statements.counted() >= n ? 1 : 0
      }
  } finally {
    statements.restore()
    await home.close()
  }
  return { part: 'statements', name: 'the n-th SQL statement fails', rounds, faults, losses }
}

type Method = (this: unknown, ...args: unknown[]) => unknown

/** Counts what runs until it is told to stop, and lets one fail. */
function interceptStatements() {
  let failing: { at: number; code: string } | undefined
  let count = 0
  const pass = () => {
    if (!failing) return
    count += 1
    if (count === failing.at) throw new Database.SqliteError(`made to fail: ${failing.code}`, failing.code)
  }
  const memory = new Database(':memory:')
  const statement = Object.getPrototypeOf(memory.prepare('SELECT 1')) as Record<string, Method>
  memory.close()
  const undo = [
    ...['run', 'get', 'all', 'iterate'].map((name) => passing(statement, name, pass)),
    passing(Database.prototype as unknown as Record<string, Method>, 'exec', pass),
  ]
  return {
    failAt: (at: number, code: string) => {
      count = 0
      failing = { at, code }
    },
    stop: () => {
      failing = undefined
    },
    counted: () => count,
    restore: () => {
      for (const back of undo) back()
    },
  }
}

function passing(of: Record<string, Method>, name: string, pass: () => void): () => void {
  const real = of[name] as Method
  of[name] = function (...args) {
    pass()
    return real.apply(this, args)
  }
  return () => {
    of[name] = real
  }
}
