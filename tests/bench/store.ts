// Questions to SQLite, against the same rows read by a bare statement.
import { addDays, nemDayStartMs } from '#domain/calendar.ts'
import { DAY_MS, MINUTE_MS } from '#domain/interval.ts'
import { pricesBetween } from '../../backend/store/prices.ts'
import { usageBetween } from '../../backend/store/usage.ts'
import { type Figure, type Scale, stopwatch, timed } from './figure.ts'
import { type HomeOfDays, SITE } from './home-of-days.ts'

export async function store({ db, lastDate }: HomeOfDays, scale: Scale): Promise<Figure[]> {
  const endMs = nemDayStartMs(addDays(lastDate, 1))
  const days = Math.min(30, scale.days)
  const span = { startMs: endMs - days * DAY_MS, endMs }
  // As they lie there, neither joined nor given their names.
  const bare = (rows: string) => db.prepare(`SELECT * FROM ${rows} AND end_minute > ? AND end_minute <= ?`)
  const bounds = [span.startMs / MINUTE_MS, span.endMs / MINUTE_MS] as const
  const prices = bare('price_actual WHERE site_no = 1')
  const usage = bare('usage WHERE register_no IN (1, 2)')
  const sameRows = (ours: number, theirs: number) => {
    if (ours !== theirs || ours === 0) throw new Error(`not the same rows: ${ours} and ${theirs}`)
  }
  sameRows(pricesBetween(db, SITE, span).length, prices.all(...bounds).length)
  sameRows(usageBetween(db, SITE, span).length, usage.all(...bounds).length)
  return [
    await timed(
      { what: `${days} days of prices from SQLite`, anchor: 'the bare rows by better-sqlite3' },
      scale,
      () => stopwatch(() => pricesBetween(db, SITE, span)),
      () => stopwatch(() => prices.all(...bounds)),
    ),
    await timed(
      { what: `${days} days of usage from SQLite`, anchor: 'the bare rows by better-sqlite3' },
      scale,
      () => stopwatch(() => usageBetween(db, SITE, span)),
      () => stopwatch(() => usage.all(...bounds)),
    ),
  ]
}
