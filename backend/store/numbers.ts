// Long names repeat on every row: each is stored once and referred to by a small number.
import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'

/** For a statement that asks about a site by its name; its parameter is the site's id. */
export const SITE_NO = '(SELECT site_no FROM site_number WHERE site_id = ?)'

/** The site's number, given one if it is new. */
export function siteNo(db: Database, siteId: string): number {
  const found = prepared<[string], { no: number }>(
    db,
    'SELECT site_no AS no FROM site_number WHERE site_id = ?',
  ).get(siteId)
  return (
    found?.no ??
    Number(prepared<[string]>(db, 'INSERT INTO site_number (site_id) VALUES (?)').run(siteId).lastInsertRowid)
  )
}

/** The register's number, given one if it is new. */
export function registerNo(db: Database, siteNo: number, identifier: string): number {
  const found = prepared<[number, string], { no: number }>(
    db,
    'SELECT register_no AS no FROM register WHERE site_no = ? AND identifier = ?',
  ).get(siteNo, identifier)
  return (
    found?.no ??
    Number(
      prepared<[number, string]>(db, 'INSERT INTO register (site_no, identifier) VALUES (?, ?)').run(
        siteNo,
        identifier,
      ).lastInsertRowid,
    )
  )
}

/** Its place in the list, which is what is stored; null for none. */
export function indexIn<Word>(words: readonly Word[], word: Word | undefined): number | null {
  return word === undefined ? null : words.indexOf(word)
}
