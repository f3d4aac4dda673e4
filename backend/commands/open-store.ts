// The database for a command that may replace it, under the lock; says in the log what was wrong with the last one.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import type { Config } from '../config.ts'
import type { Outside } from '../main.ts'
import { DEMO_SITE } from '../simulator/sites.ts'
import { openGuarded } from '../store/guarded.ts'
import { rebuiltSentence } from './sync-words.ts'

export function openStore(
  { now, log }: Outside,
  { sqlitePath }: Config,
  { isSuspect = false } = {},
): Database {
  const { db, rebuilt } = openGuarded(sqlitePath, {
    newEpoch: randomUUID,
    nowMs: now(),
    bootId: bootId(),
    isSuspect,
    demoSiteId: DEMO_SITE.id,
  })
  if (rebuilt) log(`store: ${rebuiltSentence(rebuilt)}`)
  return db
}

/** Another one after each start of the machine; undefined where the system has none. */
function bootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return undefined
  }
}
