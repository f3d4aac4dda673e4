// What the Now screen shows, as plain values: both layouts, the screen reader and the tests read the same ones.
// Built by `now-view.ts`; a screen lays it out and concludes nothing.
import type { Interval } from './interval.ts'

/** 1 super cheap … 4 normal, 5 dear, 6 spike. */
export type Level = 1 | 2 | 3 | 4 | 5 | 6

/**
 * How certain the number is.
 * live: settled, and now is inside it. estimate: of this interval, not settled. stored: a forecast made earlier.
 * unknown: nothing covers now. empty: nothing has ever been stored.
 */
export type Certainty = 'live' | 'estimate' | 'stored' | 'unknown' | 'empty'

/** "19" + "c", or "$" + "17.02": a price set large. A true minus sign belongs to `digits`. */
export interface Figure {
  readonly currency: '' | '$'
  readonly digits: string
  readonly unit: '' | 'c'
}

export interface Captioned {
  readonly caption: string
  readonly text: string
}

export interface Fact extends Captioned {
  /** Said after the text in a second voice: "saves 14c", "renewable". */
  readonly note?: string
}

/** A price that was, and when. */
export interface Before extends Captioned {
  /** The caption of a narrow column: "9 am", "2:25 pm", "Tue 2:25 pm". */
  readonly short: string
}

/** The sentence at the lengths the layouts have room for. */
export interface Sentences {
  /** At most 56 characters: one line of an 800x480 board. */
  readonly short: string
  /** At most 68 characters: one line of a 16:9 board. */
  readonly long: string
  /** Up to three lines of a phone. */
  readonly full: string
}

export interface NowPriceView {
  readonly level: Level
  /** "Very cheap", "Probably cheap", "Maybe a spike", "Paid to use". */
  readonly word: string
  readonly figure: Figure
  /** "19c", "$17.02", "−3c". */
  readonly text: string
  /** "until 10:05"; of an estimate "about"; stored: "until 4:35 pm". */
  readonly until: string
  /** "from 10:05" "18c"; stored: "between" "34 and 39c". Absent where nothing is known of it. */
  readonly next?: Captioned
  /** "Solar export" "costs 3c", "earns about 8c", "likely earns 8c"; absent without feed-in or where it is unknown. */
  readonly solarExport?: Captioned
  /** Share of the interval still to come, 1 … 0, and into how many parts the gauge is divided. */
  readonly remaining: number
  readonly parts: number
}

export interface StatusView {
  readonly mark: 'live' | 'estimate' | 'stored' | 'unknown'
  /** "Live." "Estimate." "Not live." "Unknown." */
  readonly strong: string
  /** "Confirmed at 10:00:24" */
  readonly text: string
  /** Phone: the same with an age, and which link is down. */
  readonly aged: string
  /** "Pi, internet and Amber all working", or which link is down and since when. */
  readonly links: string
}

/** One step of the chart. */
export interface ChartStep extends Interval {
  readonly cents: number
  /** Forecast band: all-in cents, lowest and highest. */
  readonly lowCents?: number
  readonly highCents?: number
  readonly level: Level
  /** forecast: fresh. stored: made before contact was lost. */
  readonly certainty: 'settled' | 'estimate' | 'forecast' | 'stored'
}

export interface ExportStretch extends Interval {
  /** "earn 33c", "costs 3c". */
  readonly text: string
  /** Amber's signed prices: below zero earns. */
  readonly lowCents: number
  readonly highCents: number
  /** Level of benefit: costing reads as dear (5), earning well as super cheap (1). */
  readonly level: Level
}

export interface ChartLabel {
  readonly atMs: number
  /** "58c" */
  readonly strong: string
  /** "up to 75c" */
  readonly text: string
}

/** A stretch of the chart with words: the best window, a demand window. */
export interface ChartStretch extends Interval {
  readonly text: string
}

export interface ChartTick {
  readonly atMs: number
  /** "3 pm", "noon"; midnight shows the day's name. */
  readonly text: string
  readonly isDay: boolean
}

export interface ChartRow extends Interval {
  readonly time: string
  readonly price: string
  /** "50c to 75c"; empty where the price is all there is to say. */
  readonly range: string
  readonly low: string
  readonly high: string
  readonly state: string
}

export interface ChartView extends Interval {
  readonly nowMs: number
  readonly steps: readonly ChartStep[]
  readonly exports: readonly ExportStretch[]
  readonly demandWindows: readonly ChartStretch[]
  readonly bestWindow?: ChartStretch
  readonly labels: readonly ChartLabel[]
  readonly ticks: readonly ChartTick[]
  /** One line for who cannot see it. */
  readonly summary: string
  /** The same as a table: half hours, so that it can be read. */
  readonly table: readonly ChartRow[]
}

export interface WindowChoice {
  /** "1 h", "2 h", "3 h", "EV" */
  readonly label: string
  /** "Best 2 hours: 2 am" */
  readonly heading: string
  /** "30c less per kWh", "by the stored forecast", or why there is none. */
  readonly note: string
}

export interface NowView {
  readonly certainty: Certainty
  readonly demo: boolean
  /** "10:02", twelve hours without am or pm. */
  readonly clock: string
  /** "Tuesday" "24 November"; and "Tue 24". */
  readonly weekday: string
  readonly day: string
  readonly shortDay: string
  /** Absent when certainty is unknown or empty: then `headline` stands in its place. */
  readonly price?: NowPriceView
  /** "No price", "No prices yet". */
  readonly headline?: string
  readonly sentences: Sentences
  /** "At 9 am" "24c"; stored: "2:25 pm, live" "18c". Absent where unknown. */
  readonly before?: Before
  /** Yesterday's cost, then two appliances, then a fact of the grid or the forecast's end. */
  readonly facts: readonly Fact[]
  readonly yesterday: Fact
  readonly windows: readonly WindowChoice[]
  /** "by 7 am" */
  readonly readyBy: string
  readonly status: StatusView
  /** Absent when there is nothing to draw. */
  readonly chart?: ChartView
  /** Of a home that is not complete yet, or a demo: a quiet line, which may be empty, and what the link to the steps says. */
  readonly setup?: { readonly text: string; readonly link: string }
}
