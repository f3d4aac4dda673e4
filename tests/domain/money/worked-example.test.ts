import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Example, workedNumbers } from './worked-example.ts'

const text = readFileSync(join(import.meta.dirname, '../../../docs/money.md'), 'utf8')
const example = JSON.parse(/```json\n([\s\S]*?)\n```/.exec(text)?.[1] ?? 'null') as Example
/** Of the table at the end: what, how, result. */
const told = text
  .slice(text.indexOf('| what | how | result |'))
  .split('\n')
  .slice(2)
  .flatMap((line) => {
    const [, what, , result] = line.split('|').map((cell) => cell.trim())
    return what ? [[what, result] as const] : []
  })

describe('the worked example of docs/money.md', () => {
  const numbers = workedNumbers(example)

  test('tells every number that is computed, and no other', () => {
    expect(told.map(([what]) => what)).toEqual(Object.keys(numbers))
    expect(told.length).toBeGreaterThan(30)
  })

  test.each(told)('%s: %s', (what, result) => expect(numbers[what]).toBe(result))
})
