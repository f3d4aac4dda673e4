import { expect, test } from 'vitest'
import type { Calibration } from '#domain/forecast/calibration.ts'
import { LEAD_TIMES } from '#domain/forecast/lead-time.ts'
import { nowView } from '#domain/now-view.ts'
import { at, liveFacts } from '../sample-facts.ts'

const NOW = at(10, 2, 41)
const FACTS = liveFacts({ nowMs: NOW })
const peak = (options = {}) => nowView(FACTS, NOW, options).chart!.labels[0]

test('every screen goes by the forecast that the household chose', () => {
  // The sample's price by AEMO is a cent above Amber's own.
  expect(peak()).toMatchObject({ strong: '58c' })
  expect(peak({ forecast: 'aemo' })).toMatchObject({ strong: '59c' })
  expect(nowView(FACTS, NOW, { forecast: 'aemo' }).sentences.full).toContain('59c')
})

test('every screen draws the band that held here, around the same prediction', () => {
  const twice: Calibration = LEAD_TIMES.map(() => ({ low: -2, high: 2 }))
  expect(peak()?.text).toBe('up to 75c')
  expect(peak({ calibration: twice })).toMatchObject({ strong: '58c', text: 'up to 93c' })
  expect(peak({ calibration: [] })?.text).toBe('up to 75c')
})
