// The large number and what stands beside it.
import { covers, durationMs, MINUTE_MS } from './interval.ts'
import { levelOf } from './levels.ts'
import { present } from './present.ts'
import type { PriceInterval } from './price.ts'
import { isMaybe } from './sentence-spike.ts'
import { band, shownCents } from './shown-price.ts'
import { isStored, type Situation } from './situation.ts'
import { solarExport } from './solar-words.ts'
import { nearTime, timeText } from './time-words.ts'
import type { Captioned, Level, NowPriceView } from './view.ts'
import { figure, LEVEL_WORDS, money, moneyPair } from './words.ts'

/** Absent when nothing covers now: then no number may stand there. */
export function nowPrice(now: Situation): NowPriceView | undefined {
  const { row } = now
  if (!row) return undefined
  const cents = shownCents(row)
  const level = levelOf(row, now.levels)
  return {
    level,
    word: word(now, row, level),
    figure: figure(cents),
    text: money(cents),
    until: until(now, row),
    ...present('next', next(now, row)),
    ...present('solarExport', solarExport(now)),
    remaining: Math.max(0, Math.min(1, (row.endMs - now.nowMs) / durationMs(row))),
    parts: durationMs(row) === 30 * MINUTE_MS ? 6 : 5,
  }
}

function word(now: Situation, row: PriceInterval, level: Level): string {
  if (level === 6) return isMaybe(now, row) ? 'Maybe a spike' : LEVEL_WORDS[6]
  const plain = Math.round(shownCents(row)) < 0 ? 'Paid to use' : LEVEL_WORDS[level]
  return now.certainty === 'stored' ? `Probably ${plain.toLowerCase()}` : plain
}

function until({ certainty, timeZone }: Situation, { endMs }: PriceInterval): string {
  if (certainty === 'estimate') return 'about'
  return `until ${certainty === 'stored' ? timeText(endMs, timeZone) : nearTime(endMs, timeZone)}`
}

/** Of a stored forecast how far it may be out matters more than what follows. */
function next(now: Situation, row: PriceInterval): Captioned | undefined {
  const range = isStored(now) ? band(row) : undefined
  if (range && money(range.lowCents) !== money(range.highCents)) {
    return { caption: 'between', text: moneyPair(range.lowCents, range.highCents) }
  }
  const following = now.general.find((price) => covers(price, row.endMs))
  if (!following) return undefined
  return { caption: `from ${nearTime(row.endMs, now.timeZone)}`, text: money(shownCents(following)) }
}
