// The steps as paths: never slopes, and a gap stays a gap.
import type { ChartStep, Level } from '#domain/view.ts'
import type { Plane } from './plane.ts'

/** solid: was. pale: ahead. hatched: an estimate. hanging: a stored forecast, hollow but for a strip under its line. */
export type Ink = 'solid' | 'pale' | 'hatched' | 'hanging'

export interface LevelArea {
  readonly level: Level
  readonly ink: Ink
  readonly path: string
}

export interface ForecastBand {
  /** From the price up to the high end; what lies below the price hurts nobody and is not filled. */
  readonly area: string
  readonly high: string
  readonly low: string
}

type Steps = readonly ChartStep[]

/** One path per run of a level: columns side by side would show seams. */
export function levelAreas(steps: Steps, on: Plane): LevelArea[] {
  const isSame = (a: ChartStep, b: ChartStep) => a.level === b.level && inkOf(a) === inkOf(b)
  return runs(steps, isSame).map((run) => {
    const { level } = run[0]!
    const ink = inkOf(run[0]!)
    const foot = ink === 'hanging' ? stripFoot(on) : () => on.zeroY
    return { level, ink, path: area(run, on, (step) => on.y(step.cents), foot) }
  })
}

export const stepLine = (steps: Steps, on: Plane): string =>
  runs(steps, () => true)
    .map((run) => outline(run, on, (step) => on.y(step.cents)))
    .join('')

export function forecastBand(steps: Steps, on: Plane): ForecastBand {
  const banded = runs(
    steps.filter((step) => step.lowCents !== undefined && step.highCents !== undefined),
    () => true,
  )
  const priceY = (step: ChartStep) => on.y(step.cents)
  const highY = (step: ChartStep) => on.y(step.highCents!)
  const lowY = (step: ChartStep) => on.y(step.lowCents!)
  return {
    area: banded.map((run) => area(run, on, highY, priceY)).join(''),
    high: banded.map((run) => outline(run, on, highY)).join(''),
    low: banded.map((run) => outline(run, on, lowY)).join(''),
  }
}

const INKS: Readonly<Record<ChartStep['certainty'], Ink>> = {
  settled: 'solid',
  estimate: 'hatched',
  forecast: 'pale',
  stored: 'hanging',
}
const inkOf = (step: ChartStep): Ink => INKS[step.certainty]

const STRIP_EMS = 0.48

/** The strip hangs from the line towards zero and never past it. */
function stripFoot(on: Plane): (step: ChartStep) => number {
  const stripPx = on.frame.fontPx * STRIP_EMS
  return ({ cents }) =>
    cents < 0 ? Math.max(on.zeroY, on.y(cents) - stripPx) : Math.min(on.zeroY, on.y(cents) + stripPx)
}

/** Neighbours that touch in time and belong together. */
function runs(steps: Steps, belongs: (a: ChartStep, b: ChartStep) => boolean): ChartStep[][] {
  const all: ChartStep[][] = []
  for (const step of steps) {
    const before = all.at(-1)?.at(-1)
    if (before && before.endMs === step.startMs && belongs(before, step)) all.at(-1)!.push(step)
    else all.push([step])
  }
  return all
}

type YOf = (step: ChartStep) => number

function outline(run: Steps, on: Plane, yOf: YOf): string {
  const moves = run.map(
    (step, i) => `${i === 0 ? `M${px(on.x(step.startMs))} ` : 'V'}${px(yOf(step))}H${px(on.x(step.endMs))}`,
  )
  return moves.join('')
}

function area(run: Steps, on: Plane, topOf: YOf, footOf: YOf): string {
  const back = run.toReversed().map((step) => `V${px(footOf(step))}H${px(on.x(step.startMs))}`)
  return `${outline(run, on, topOf)}${back.join('')}Z`
}

/** Two decimals: finer than a device pixel, and half the bytes. */
const px = (value: number): number => Math.round(value * 100) / 100
