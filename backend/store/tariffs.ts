// A tariff is a few words that repeat on every row: stored once, referred to by number.
import type { Database } from 'better-sqlite3'
import type { Tariff } from '#domain/price.ts'
import { prepared } from './prepared.ts'

export interface Tariffs {
  /** The number of a tariff, given one if it is new; null for none. */
  numberOf(tariff: Tariff | undefined): number | null
  /** The same of a tariff as another database stores it. */
  numberOfWords(words: string | null): number | null
  tariffOf(id: number | null): Tariff | undefined
}

export function createTariffs(db: Database): Tariffs {
  const find = prepared<[string], { tariff_id: number }>(db, 'SELECT tariff_id FROM tariff WHERE words = ?')
  const add = prepared<[string]>(db, 'INSERT INTO tariff (words) VALUES (?)')
  const read = prepared<[number], { words: string }>(db, 'SELECT words FROM tariff WHERE tariff_id = ?')
  const byId = new Map<number, Tariff>()
  const numberOfWords = (words: string): number =>
    find.get(words)?.tariff_id ?? Number(add.run(words).lastInsertRowid)
  return {
    numberOf: (tariff) => (tariff ? numberOfWords(wordsOf(tariff)) : null),
    numberOfWords: (words) => (words === null ? null : numberOfWords(words)),
    tariffOf: (id) => {
      if (id === null) return undefined
      const known = byId.get(id) ?? (JSON.parse(read.get(id)?.words ?? '{}') as Tariff)
      byId.set(id, known)
      return known
    },
  }
}

/** The same tariff gives the same words, whatever the order of its keys. */
function wordsOf({ period, season, block, demandWindow }: Tariff): string {
  return JSON.stringify({ period, season, block, demandWindow })
}
