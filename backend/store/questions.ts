// When each question to Amber was last answered: what the plan goes by.
import type { Database } from 'better-sqlite3'
import { SITE_NO, siteNo } from './numbers.ts'
import { prepared } from './prepared.ts'

export interface Asked {
  /** Absent: never. */
  readonly answeredAtMs?: number
  /** How often in a row the answer held nothing. */
  readonly emptyAnswers: number
  /** How often in a row something was missing of what it should tell. */
  readonly shortAnswers: number
  /** The last time Amber could not answer it; absent: the last time it did. */
  readonly failedAtMs?: number
  /** How often in a row it could not. */
  readonly failures: number
}

/** Questions of the account (which sites it has) belong to no site. */
export const ACCOUNT = undefined

interface Row {
  name: string
  answered_at_ms: number | null
  empty_answers: number
  short_answers: number
  failed_at_ms: number | null
  failures: number
}

export function questionsOf(db: Database, siteId: string | typeof ACCOUNT): Map<string, Asked> {
  const rows =
    siteId === ACCOUNT
      ? prepared<[], Row>(db, 'SELECT * FROM question WHERE site_no = 0').all()
      : prepared<[string], Row>(db, `SELECT * FROM question WHERE site_no = ${SITE_NO}`).all(siteId)
  return new Map(rows.map((row) => [row.name, askedOf(row)]))
}

export function noteAnswer(
  db: Database,
  siteId: string | typeof ACCOUNT,
  name: string,
  answer: { atMs: number; isEmpty: boolean; isShort?: boolean },
): void {
  prepared<[number, string, number, number, number]>(
    db,
    `INSERT INTO question (site_no, name, answered_at_ms, empty_answers, short_answers) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (site_no, name) DO UPDATE SET answered_at_ms = excluded.answered_at_ms,
       empty_answers = iif(excluded.empty_answers, question.empty_answers + 1, 0),
       short_answers = iif(excluded.short_answers, question.short_answers + 1, 0), failed_at_ms = NULL, failures = 0`,
  ).run(numberOf(db, siteId), name, answer.atMs, answer.isEmpty ? 1 : 0, answer.isShort ? 1 : 0)
}

export function noteFailure(db: Database, siteId: string | typeof ACCOUNT, name: string, atMs: number): void {
  prepared<[number, string, number]>(
    db,
    `INSERT INTO question (site_no, name, failed_at_ms, failures) VALUES (?, ?, ?, 1)
     ON CONFLICT (site_no, name) DO UPDATE SET failed_at_ms = excluded.failed_at_ms, failures = failures + 1`,
  ).run(numberOf(db, siteId), name, atMs)
}

/** However often Amber failed at them: as if it had done so once. */
export function forgiveFailures(db: Database): void {
  prepared(db, 'UPDATE question SET failures = 1 WHERE failures > 1').run()
}

/** They will be asked again, all or those `about` one thing: what was answered then does not hold for what is now. */
export function forgetAnswers(db: Database, siteId: string | typeof ACCOUNT, about: '' | 'usage' = ''): void {
  prepared<[number, string]>(db, 'DELETE FROM question WHERE site_no = ? AND name LIKE ?').run(
    numberOf(db, siteId),
    `${about}%`,
  )
}

const numberOf = (db: Database, siteId: string | typeof ACCOUNT): number =>
  siteId === ACCOUNT ? 0 : siteNo(db, siteId)

const askedOf = (row: Row): Asked => ({
  ...(row.answered_at_ms !== null && { answeredAtMs: row.answered_at_ms }),
  emptyAnswers: row.empty_answers,
  shortAnswers: row.short_answers,
  ...(row.failed_at_ms !== null && { failedAtMs: row.failed_at_ms }),
  failures: row.failures,
})
