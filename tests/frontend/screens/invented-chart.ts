// Charts for the fixtures: invented prices, laid out as the domain would.
import { HOUR_MS } from '#domain/interval.ts'
import type {
  ChartLabel,
  ChartRow,
  ChartStep,
  ChartStretch,
  ChartView,
  ExportStretch,
  Level,
} from '#domain/view.ts'
import { fiveMinutes, halfHour } from './invented-prices.ts'

export const DAY_START_MS = Date.UTC(2026, 10, 24)
/** Of hours since midnight of the fixture's day; may pass 24. */
export const at = (hour: number): number => DAY_START_MS + Math.round(hour * 12) * (HOUR_MS / 12)

export interface InventedChart {
  readonly profile: readonly number[]
  readonly nowHour: number
  /** Of the running interval. */
  readonly nowCents?: number
  readonly isEstimate?: boolean
  /** From here on nothing but a forecast that was made then. */
  readonly storedFrom?: number
  /** The forecast ran out. */
  readonly knownUntil?: number
  /** How far the forecast's band opens. */
  readonly spread?: number
  readonly demand?: readonly [from: number, to: number, text: string]
  readonly best?: readonly [from: number, to: number, text: string]
  readonly labels?: readonly (readonly [hour: number, strong: string, text: string])[]
  readonly exports?: readonly ExportStretch[]
  readonly dayName?: string
  readonly gap?: readonly [from: number, to: number]
  readonly isHalfHourly?: boolean
  readonly summary: string
}

const [HOURS_BEFORE, HOURS_AFTER] = [3, 15]

export function inventedChart(day: InventedChart): ChartView {
  const [startMs, endMs] = [at(day.nowHour) - HOURS_BEFORE * HOUR_MS, at(day.nowHour) + HOURS_AFTER * HOUR_MS]
  const steps = stepsOf(day)
  return {
    startMs,
    endMs,
    nowMs: at(day.nowHour),
    steps,
    exports: day.exports ?? [],
    demandWindows: day.demand ? [stretch(...day.demand)] : [],
    ...(day.best && { bestWindow: stretch(...day.best) }),
    labels: (day.labels ?? []).map(([hour, strong, text]): ChartLabel => ({ atMs: at(hour), strong, text })),
    ticks: ticksOf(day),
    summary: day.summary,
    table: steps.filter(({ startMs }) => startMs % (HOUR_MS / 2) === 0).map(rowOf),
  }
}

export const stretch = (from: number, to: number, text: string): ChartStretch => ({
  startMs: at(from),
  endMs: at(to),
  text,
})

export function exportStretch(from: number, to: number, cents: number): ExportStretch {
  const level = cents < 0 ? 5 : cents >= 20 ? 1 : cents >= 8 ? 2 : 3
  const text = cents < 0 ? `costs ${-cents}c` : `earn ${cents}c`
  return { startMs: at(from), endMs: at(to), lowCents: -cents, highCents: -cents, text, level }
}

const levelOf = (cents: number): Level =>
  cents >= 300 ? 6 : cents < 16.5 ? 1 : cents < 31.5 ? 2 : cents < 41.5 ? 3 : cents < 51.5 ? 4 : 5

function stepsOf(day: InventedChart): ChartStep[] {
  const steps: ChartStep[] = []
  const current = Math.floor(day.nowHour * 12 + 1e-6) / 12
  const coarseFrom = day.isHalfHourly ? Number.NEGATIVE_INFINITY : Math.ceil((current + 0.75) * 2) / 2
  const last = Math.min(day.nowHour + HOURS_AFTER, day.knownUntil ?? Number.POSITIVE_INFINITY)
  const first = day.isHalfHourly ? Math.floor((day.nowHour - HOURS_BEFORE) * 2) / 2 : current - HOURS_BEFORE
  for (let hour = first; hour < last - 1e-6; ) {
    const length = hour < coarseFrom - 1e-6 ? 1 / 12 : 0.5
    const isInGap = day.gap && day.gap[0] <= hour && hour < day.gap[1]
    if (!isInGap) steps.push(stepOf(day, hour, length, current))
    hour = Math.round((hour + length) * 12) / 12
  }
  return steps
}

function stepOf(day: InventedChart, hour: number, length: number, current: number): ChartStep {
  const isNow = hour <= current + 1e-6 && current < hour + length - 1e-6
  const profiled = length < 0.5 ? fiveMinutes(day.profile, hour) : halfHour(day.profile, hour + 1e-6)
  const cents = (isNow ? day.nowCents : undefined) ?? profiled
  const certainty = certaintyOf(day, hour, isNow, current)
  const bare = { startMs: at(hour), endMs: at(hour + length), cents, level: levelOf(cents), certainty }
  return certainty === 'settled'
    ? bare
    : { ...bare, ...bandOf(day, hour - (day.storedFrom ?? current), cents) }
}

function certaintyOf(
  day: InventedChart,
  hour: number,
  isNow: boolean,
  current: number,
): ChartStep['certainty'] {
  if (day.storedFrom !== undefined) return hour < day.storedFrom - 1e-6 ? 'settled' : 'stored'
  if (isNow) return day.isEstimate ? 'estimate' : 'settled'
  return hour < current ? 'settled' : 'forecast'
}

/** The band opens with the time ahead. */
function bandOf({ spread = 1 }: InventedChart, leadHours: number, cents: number) {
  const lead = Math.min(Math.max(0, leadHours), 10)
  const up = spread * (0.03 + lead * 0.02 + (cents > 45 ? 0.1 : 0))
  const down = spread * (0.02 + lead * 0.011)
  return { highCents: Math.min(2000, cents + Math.abs(cents) * up), lowCents: cents - Math.abs(cents) * down }
}

function ticksOf(day: InventedChart) {
  const first = Math.ceil((day.nowHour - HOURS_BEFORE) / 3) * 3
  return [0, 1, 2, 3, 4, 5]
    .map((i) => first + i * 3)
    .map((hour) => ({
      atMs: at(hour),
      text: hour % 24 === 0 ? (day.dayName ?? 'Wed') : timeText(hour),
      isDay: hour % 24 === 0,
    }))
}

function timeText(hour: number): string {
  const [h, minute] = [Math.floor(hour) % 24, Math.round((hour % 1) * 60)]
  if (h === 12 && minute === 0) return 'noon'
  const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`
  return `${h % 12 || 12}${minutes}\u00a0${h < 12 ? 'am' : 'pm'}`
}

function rowOf(step: ChartStep): ChartRow {
  const money = (cents: number | undefined) =>
    cents === undefined ? '' : cents >= 100 ? `$${(cents / 100).toFixed(2)}` : `${Math.round(cents)}c`
  const [low, high] = [money(step.lowCents), money(step.highCents)]
  return {
    startMs: step.startMs,
    endMs: step.endMs,
    range: low === high ? '' : `${low} to ${high}`,
    time: timeText(((step.startMs - DAY_START_MS) / HOUR_MS) % 24),
    price: money(step.cents),
    low,
    high,
    state: step.certainty === 'settled' ? 'confirmed' : step.certainty,
  }
}
