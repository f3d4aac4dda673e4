// One hand-made view a state: what a screen may be asked to show, with invented numbers.
import type { NowView } from '#domain/view.ts'
import { DEMO, DUE, EMPTY, ESTIMATE, LIVE, STORED, UNKNOWN } from './fixtures-certainty.ts'
import {
  DEAR,
  DEMO_EXPORT,
  FEED_IN_COSTS,
  HALF_HOURS,
  LONGEST_WORDS,
  MINUS_DOLLARS,
  MOST_DOLLARS,
  NEGATIVE,
  SPIKE,
} from './fixtures-prices.ts'

export const FIXTURES = {
  live: LIVE,
  estimate: ESTIMATE,
  due: DUE,
  stored: STORED,
  unknown: UNKNOWN,
  empty: EMPTY,
  demo: DEMO,
  dear: DEAR,
  spike: SPIKE,
  negative: NEGATIVE,
  'feed-in': FEED_IN_COSTS,
  'demo-export': DEMO_EXPORT,
  'half-hours': HALF_HOURS,
  'most-dollars': MOST_DOLLARS,
  'minus-dollars': MINUS_DOLLARS,
  'longest-words': LONGEST_WORDS,
} as const satisfies Record<string, NowView>

export type FixtureName = keyof typeof FIXTURES
