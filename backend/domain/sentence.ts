// The sentence: what holds until when, and the turn that matters. Each kind is written in variants from rich to plain,
// and every layout takes the richest that fits.
import { levelOf } from './levels.ts'
import { outlook } from './outlook.ts'
import type { PriceInterval } from './price.ts'
import { levelSentences } from './sentence-level.ts'
import { pricelessSentences } from './sentence-priceless.ts'
import { spikeSentences } from './sentence-spike.ts'
import { forecastSentences, likelySentences } from './sentence-stored.ts'
import { isStored, type Situation } from './situation.ts'
import type { Sentences } from './view.ts'

/** Characters: one line of the 5:3 kiosk, one of the 16:9 kiosk, three of a phone. */
export const SENTENCE_LIMITS = { short: 56, long: 68, full: 110 } as const

export function sentences(now: Situation): Sentences {
  const { lines, phone = [] } = now.row ? pricedVariants(now, now.row) : { lines: pricelessSentences(now) }
  return {
    short: richest(lines, SENTENCE_LIMITS.short),
    long: richest(lines, SENTENCE_LIMITS.long),
    full: richest([...phone, ...lines], SENTENCE_LIMITS.full),
  }
}

interface Variants {
  readonly lines: readonly string[]
  /** Only where there is room for three lines. */
  readonly phone?: readonly string[]
}

function pricedVariants(now: Situation, row: PriceInterval): Variants {
  const ahead = outlook(now, row)
  if (levelOf(row, now.levels) === 6) return { lines: spikeSentences(now, row, ahead) }
  if (!isStored(now)) return { lines: levelSentences(now, row, ahead) }
  return { lines: forecastSentences(now, row, ahead), phone: likelySentences(now, row, ahead) }
}

const richest = (variants: readonly string[], limit: number): string =>
  variants.find((text) => text.length <= limit) ?? variants.at(-1)!
