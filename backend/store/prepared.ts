// Each statement is compiled once a connection.
import type { Database, Statement } from 'better-sqlite3'

const statements = new WeakMap<Database, Map<string, Statement>>()

export function prepared<Parameters extends unknown[] | object = [], Row = unknown>(
  db: Database,
  sql: string,
): Statement<Parameters extends unknown[] ? Parameters : [Parameters], Row> {
  const known = statements.get(db) ?? new Map<string, Statement>()
  statements.set(db, known)
  const statement = known.get(sql) ?? db.prepare(sql)
  known.set(sql, statement)
  return statement as Statement<Parameters extends unknown[] ? Parameters : [Parameters], Row>
}
