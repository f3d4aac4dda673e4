// Evenings (seldom mornings) on which the spot price runs away for some minutes, and the ones that were only forecast.
import { NEM_OFFSET_MS } from '#domain/calendar.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import { keyAt, keyOf, uniformAt } from './hash.ts'
import type { StateName } from './states.ts'
import { summerness } from './sun.ts'

const STEP_MS = 5 * MINUTE_MS

interface Event {
  readonly startMs: number
  readonly endMs: number
  readonly cents: number
  /** Of 5-minute steps. */
  readonly key: number
  readonly happens: boolean
  /** How long before it a forecast sees it coming; of a false alarm, how long before it the forecast sees its error. */
  readonly noticeMs: number
}

export interface Spikes {
  /** Cents that the step costs at least; undefined where nothing happens. */
  centsAt(stepStartMs: number): number | undefined
  /** The same, as it was forecast at that time. */
  forecastCentsAt(stepStartMs: number, madeAtMs: number): number | undefined
}

export function createSpikes(seed: number, state: StateName): Spikes {
  const key = keyOf(seed, state, 'spikes')
  return {
    centsAt(stepStartMs) {
      const event = eventAt(key, stepStartMs)
      return event?.happens ? stepCents(event, stepStartMs) : undefined
    },
    forecastCentsAt(stepStartMs, madeAtMs) {
      const event = eventAt(key, stepStartMs)
      if (!event || !isExpected(event, stepStartMs - madeAtMs)) return undefined
      const run = keyAt(event.key, Math.floor(madeAtMs / STEP_MS))
      return stepCents(event, stepStartMs) * (0.3 + 0.9 * uniformAt(run, 0))
    },
  }
}

function isExpected({ happens, noticeMs }: Event, leadMs: number): boolean {
  return happens ? leadMs < noticeMs : leadMs >= noticeMs && leadMs < noticeMs + 8 * HOUR_MS
}

function stepCents(event: Event, stepStartMs: number): number {
  const step = (stepStartMs - event.startMs) / STEP_MS
  return step === 0 ? event.cents : event.cents * (0.25 + 0.75 * uniformAt(event.key, step))
}

function eventAt(key: number, ms: number): Event | undefined {
  const day = Math.floor((ms + NEM_OFFSET_MS) / DAY_MS)
  const event = eventOfDay(keyAt(key, day), day * DAY_MS - NEM_OFFSET_MS)
  return event && event.startMs <= ms && ms < event.endMs ? event : undefined
}

function eventOfDay(key: number, midnightMs: number): Event | undefined {
  // Tightest in the heat of summer and the cold of winter.
  const odds = 0.1 + 0.12 * summerness(midnightMs) ** 2
  if (uniformAt(key, 1) >= odds) return undefined
  const morning = uniformAt(key, 2) < 0.15
  const hour = morning ? 6 + 2 * uniformAt(key, 3) : 16.5 + 3.5 * uniformAt(key, 3)
  const startMs = midnightMs + Math.floor(hour * 12) * STEP_MS
  const steps = 1 + Math.min(7, Math.floor(-2 * Math.log(1 - uniformAt(key, 4))))
  return {
    startMs,
    endMs: startMs + steps * STEP_MS,
    cents: 60 * (1925 / 60) ** uniformAt(key, 5),
    key,
    happens: uniformAt(key, 6) < 0.45,
    // A third comes as a surprise; a third of the false alarms lasts until the price itself.
    noticeMs: Math.max(0, 1.5 * uniformAt(key, 7) - 0.5) * 6 * HOUR_MS,
  }
}
