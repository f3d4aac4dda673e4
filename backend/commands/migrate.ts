// Brings the database into the form that this version knows, if there is a database. An update does it while no refresh runs, so
// that the screens have something to show from the first moment on.
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Outside } from '../main.ts'
import { openForWriting } from '../store/open.ts'
import { configured, EXIT_CONFIG } from './configured.ts'

export async function migrateCommand(outside: Outside): Promise<number> {
  const config = configured(outside)
  if (!config) return EXIT_CONFIG
  if (!existsSync(config.sqlitePath)) return 0
  try {
    openForWriting(config.sqlitePath, randomUUID).close()
    return 0
  } catch (error) {
    outside.log(`migrate: ${(error as Error).message}`)
    return 1
  }
}
