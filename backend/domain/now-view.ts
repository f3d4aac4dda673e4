// The Now screen's conclusions, drawn from facts and a time alone: the same on the Pi, in a kitchen and on a bus.
import { chartView } from './chart-view.ts'
import { closedOn } from './closed-site.ts'
import { factsRow } from './facts.ts'
import { fetchedText } from './history-words.ts'
import type { HomeFacts } from './home-facts.ts'
import { covers, HOUR_MS } from './interval.ts'
import { DEMO_TEXT } from './link-words.ts'
import { nowPrice } from './now-price.ts'
import { present } from './present.ts'
import { sentences } from './sentence.ts'
import { isStored, type NowViewOptions, type Situation, situation } from './situation.ts'
import { status } from './status.ts'
import {
  clockText,
  dayText,
  shortWeekday,
  shortWhenText,
  timeOfDay,
  timeText,
  weekdayText,
  whenText,
} from './time-words.ts'
import { rank } from './timeline.ts'
import type { Before, NowView } from './view.ts'
import { windowChoices } from './window-choices.ts'
import { money } from './words.ts'
import { yesterday } from './yesterday.ts'

export type { NowViewOptions } from './situation.ts'

/**
 * At any time over the same facts, however old they are: it walks on through the stored forecast to its end, and says so
 * in every word; past it no number is left that depends on now.
 */
export function nowView(facts: HomeFacts, nowMs: number, options: NowViewOptions = {}): NowView {
  const now = situation(facts, nowMs, options)
  return {
    certainty: now.certainty,
    demo: facts.household?.demo ?? false,
    ...clock(nowMs, now.timeZone),
    ...present('price', nowPrice(now)),
    ...present('headline', headline(now)),
    sentences: sentences(now),
    ...present('before', before(now)),
    facts: factsRow(now),
    yesterday: yesterday(now).full,
    windows: windowChoices(now),
    readyBy: `by ${timeOfDay(now.options.readyByMinute)}`,
    status: status(now),
    ...present('chart', chartView(now)),
    ...present('setup', setup(now)),
  }
}

/** Of a home that has no price yet there is more to be said than its sentence can. */
function setup(now: Situation): NowView['setup'] {
  const { facts, certainty } = now
  if (facts.household?.demo) return { text: '', link: `${DEMO_TEXT}.` }
  const text = fetchedText(facts.history)
  const isWaiting = certainty === 'empty' && closedOn(now) === undefined
  return isWaiting || text ? { text, link: 'What is still to come' } : undefined
}

const clock = (ms: number, timeZone: string): Pick<NowView, 'clock' | 'weekday' | 'day' | 'shortDay'> => ({
  clock: clockText(ms, timeZone),
  weekday: weekdayText(ms, timeZone),
  day: dayText(ms, timeZone),
  shortDay: `${shortWeekday(ms, timeZone)} ${dayText(ms, timeZone).split(' ')[0]}`,
})

function headline(now: Situation): string | undefined {
  const { certainty } = now
  if (closedOn(now) !== undefined) return 'Closed'
  if (certainty === 'empty') return 'No prices yet'
  return certainty === 'unknown' ? 'No price' : undefined
}

/** The price an hour ago; without contact the last that was live, unless the sentence is about that. */
function before(now: Situation): Before | undefined {
  const { lastLive, nowMs, timeZone, row, clockIsSlow } = now
  if (!row || isStored(now)) {
    if (!lastLive || (!row && !clockIsSlow)) return undefined
    return {
      caption: `${whenText(lastLive.startMs, nowMs, timeZone)}, live`,
      short: shortWhenText(lastLive.startMs, nowMs, timeZone),
      text: money(lastLive.centsPerKwh),
    }
  }
  const then = now.general.find((price) => covers(price, nowMs - HOUR_MS))
  if (!then || rank(then) === 0) return undefined
  const time = timeText(then.startMs, timeZone)
  return { caption: `At ${time}`, short: time, text: money(then.centsPerKwh) }
}
