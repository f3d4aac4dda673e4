// What forecasts as they were made weigh: four days of the year, every half hour of them, of the household with the most channels.
import { statSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parsePrices } from '../../backend/amber/parse.ts'
import { createAnswers } from '../../backend/simulator/answers.ts'
import { DEMO_SITE } from '../../backend/simulator/sites.ts'
import { siteNo } from '../../backend/store/numbers.ts'
import { saveVintage, vintagesBetween } from '../../backend/store/vintages.ts'
import { ALWAYS, freshStore, MINUTE, nemDay } from './sample-rows.ts'

const DAYS = ['2025-08-05', '2025-11-10', '2026-01-20', '2026-04-15']
const SETS_A_YEAR = 365 * 48

it('forecasts as they were made weigh at most 20 MB a site and year, their index and the unused part of pages included', () => {
  const { db, path } = freshStore()
  const answers = createAnswers(1, [DEMO_SITE], {})
  const site = siteNo(db, DEMO_SITE.id)
  let sets = 0
  let predicted = 0
  for (const day of DAYS)
    for (let slot = 0; slot < 48; slot++) {
      const nowMs = nemDay(day) + slot * 30 * MINUTE + 30_000
      const { rows } = parsePrices(answers.current(nowMs, DEMO_SITE.id, { previous: 12, next: 288 }), nowMs)
      sets += saveVintage(db, site, rows)
      predicted += rows.filter(({ kind, channel }) => kind === 'forecast' && channel === 'general').length
    }
  const kept = vintagesBetween(db, DEMO_SITE.id, 'general', { fromMs: 0, toMs: ALWAYS.endMs })
  expect(sets).toBe(DAYS.length * 48)
  expect(kept.flatMap(({ intervals }) => intervals)).toHaveLength(predicted)
  const pages = db
    .prepare("SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%forecast_vintage%'")
    .pluck()
    .get() as number
  const megabytesAYear = ((pages / sets) * SETS_A_YEAR) / 1e6
  console.log(`forecasts as they were made: ${megabytesAYear.toFixed(1)} MB a site and year`)
  expect(statSync(path).size).toBeGreaterThan(0)
  expect(megabytesAYear).toBeGreaterThan(2)
  expect(megabytesAYear).toBeLessThan(20)
})
