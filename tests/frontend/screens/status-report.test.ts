// What the status screen says of a household that has just begun.
import { expect, it } from 'vitest'
import type { HealthAnswer, HistoryAnswer } from '../../../backend/domain/contract.ts'
import { type HeardHealth, statusReport } from '../../../frontend/src/status/report.ts'
import { at, liveFacts } from '../../domain/sample-facts.ts'

const NOW = at(10, 2)
const part = (weeksFetched: number, backToDate: string | null): HistoryAnswer => ({
  backToDate,
  firstDate: '2025-06-16',
  complete: weeksFetched === 39,
  weeksFetched,
  weeks: 39,
})
const device = { version: '1.2.0', isSecure: true, isInstalled: true, isKept: true, copy: undefined }

function historyRow(history: HealthAnswer['history']) {
  const answer = {
    version: '1.2.0',
    startedAt: '2026-11-24T08:00:00+11:00',
    lastSync: null,
    usage: { completeThroughDate: null, estimatedDays: 0, missingDays: 0 },
    history,
    problems: [],
  } as unknown as HealthAnswer
  const health: HeardHealth = { answer, atMs: NOW }
  return statusReport(liveFacts({ nowMs: NOW }), NOW, health, device).rows.find(
    ({ caption }) => caption === 'History',
  )
}

it('says how far its past has been fetched, and since when prices are here', () => {
  expect(historyRow({ prices: part(8, '2026-09-29'), usage: part(13, '2026-08-25') })).toEqual({
    caption: 'History',
    text: '21 of 78 weeks fetched',
    note: expect.stringMatching(/^prices since .*29 Sep.* so far$/),
  })
  expect(historyRow({ prices: part(0, null), usage: part(0, null) })?.note).toBe('the newest first')
})

it('says nothing of it once all of it is here, or where the Pi does not tell', () => {
  expect(historyRow({ prices: part(39, '2025-06-16'), usage: part(39, '2025-06-16') })).toBeUndefined()
  expect(historyRow(null)).toBeUndefined()
  expect(historyRow(undefined)).toBeUndefined()
})
