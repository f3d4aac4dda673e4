import { expect, test } from 'vitest'
import { homeFactsOf } from '../../../frontend/src/mirror/facts.ts'

test('a copy that lacks older days says so to whoever thinks from it', () => {
  const rows = { live: [], priceDays: [], usageDays: [] }
  expect(homeFactsOf({ state: { historyBefore: '2026-11-14' }, ...rows }).heldFrom).toBe('2026-11-14')
  expect(homeFactsOf({ state: {}, ...rows })).not.toHaveProperty('heldFrom')
})
