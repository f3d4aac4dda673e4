// What is known of the real Amber lies beside the repository where it is developed: the published contract and recorded
// answers. It is no part of the product, so a test that needs it is skipped, with a word, where it is absent.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '../../shared/amber')

export const CONTRACT = join(FOLDER, 'openapi-2.0.0.json')
export const RECORDED = join(FOLDER, 'recorded')

export const hasContract = existsSync(CONTRACT)
export const hasRecorded = existsSync(RECORDED)

// biome-ignore lint/suspicious/noExplicitAny: rows of a foreign shape, asked field by field
export const recorded = (name: string): any => JSON.parse(readFileSync(join(RECORDED, name), 'utf8'))
