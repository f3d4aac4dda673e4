// Gives the database a new name, by which devices know that it is not the one they copied from. An update does it after it
// had to put an older copy in place: devices may have been told of revisions that this one will give out again.
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Outside } from '../main.ts'
import { renameLedger } from '../store/ledger.ts'
import { openForWriting } from '../store/open.ts'
import { configured, EXIT_CONFIG } from './configured.ts'

export async function renameCommand(outside: Outside): Promise<number> {
  const config = configured(outside)
  if (!config) return EXIT_CONFIG
  if (!existsSync(config.sqlitePath)) return 0
  try {
    const db = openForWriting(config.sqlitePath, randomUUID)
    renameLedger(db, randomUUID())
    db.close()
    return 0
  } catch (error) {
    outside.log(`rename: ${(error as Error).message}`)
    return 1
  }
}
