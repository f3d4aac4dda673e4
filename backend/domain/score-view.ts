// How good the forecasts were at this home: said in a sentence, shown by how long before and by hour of day.
import { calibrationOf, FEWEST_DAYS, HELD_SHARE } from './forecast/calibration.ts'
import { LEAD_TIMES } from './forecast/lead-time.ts'
import {
  FEWEST_DAYS as FEWEST_TO_SPEAK,
  type HourScore,
  isBandTrue,
  type LeadScore,
  type SpikeRecord,
  scoreByHour,
  scoreByLead,
  spikeRecords,
} from './forecast/score.ts'
import { EMPTY_TALLY, type ForecastTally } from './forecast/tally.ts'
import { timeOfDay } from './time-words.ts'
import { tenths } from './usage-words.ts'
import { counted, money, percent } from './words.ts'

export interface ScoreRow {
  /** "3 h" "1 to 3 hours ahead" */
  readonly short: string
  readonly lead: string
  /** "5.2c" off; "not given" where Amber gave none of its own. */
  readonly amber: string
  readonly aemo: string
  /** "61%" of the time within Amber's band. */
  readonly held: string
  readonly amberOffCents?: number
  readonly aemoOffCents: number
}

export interface ScoreHour {
  readonly hour: number
  /** "6 pm" */
  readonly text: string
  readonly offCents: number
  /** "9.1c" */
  readonly off: string
}

export interface ScoreView {
  readonly sentence: string
  readonly detail: string
  readonly leads: readonly ScoreRow[]
  readonly hours: readonly ScoreHour[]
  /** "Least sure about 6 pm, 9.1c out; surest about 3 am, 1.2c." Empty where no hour is known. */
  readonly hoursSummary: string
  /** What became of spikes that were foretold; empty where none was. */
  readonly spikes: string
  /** What the band is worth, and which one is drawn. */
  readonly band: string
}

/** Undefined: the Pi has not counted any. */
export function scoreView(tally: ForecastTally = EMPTY_TALLY): ScoreView {
  const leads = scoreByLead(tally)
  const hours = scoreByHour(tally)
  const spoken = leads.find(({ lead }) => lead === LEAD_TIMES[2]) ?? leads[0]
  return {
    sentence: scoreSentence(spoken),
    detail: scoreDetail(spoken, hours),
    leads: leads.map(scoreRow),
    hours: hours.map(scoreHour),
    hoursSummary: hoursSummary(hours),
    spikes: spikeRecords(tally).map(spikeText).join(' '),
    band: bandText(tally, spoken),
  }
}

/** Before the Pi has said anything of them: it counts for some seconds, or has not been reached since. */
export const untoldScore = (): ScoreView => ({
  ...scoreView(),
  sentence: 'Your Pi has yet to tell how good the forecasts were.',
  detail: 'It compares each with the price that came. What it says is kept on this device.',
})

const offOf = ({ amberOffCents, aemoOffCents }: LeadScore | HourScore): number =>
  amberOffCents ?? aemoOffCents

function scoreSentence(score: LeadScore | undefined): string {
  if (!score) return 'Too few forecasts have come due to judge them.'
  return `Forecasts ${score.lead.text} were ${tenths(offOf(score))} out on average.`
}

function scoreDetail(score: LeadScore | undefined, hours: readonly HourScore[]): string {
  if (!score)
    return `Each is compared with the price that came. After ${counted(FEWEST_TO_SPEAK, 'day')} this screen says how far out they were.`
  const worst = leastSure(hours)
  return [
    `Over ${counted(score.days, 'day')}.`,
    ...closerText(score),
    ...biasText(score),
    ...(worst ? [`Least sure about ${timeOfDay(worst.hour * 60)}: ${tenths(offOf(worst))}.`] : []),
  ].join(' ')
}

const leastSure = (hours: readonly HourScore[]): HourScore | undefined =>
  hours.reduce<HourScore | undefined>((a, b) => (a && offOf(a) >= offOf(b) ? a : b), undefined)

function hoursSummary(hours: readonly HourScore[]): string {
  const worst = leastSure(hours)
  const best = hours.reduce<HourScore | undefined>((a, b) => (a && offOf(a) <= offOf(b) ? a : b), undefined)
  if (!worst || !best || worst === best) return ''
  const [least, most] = [worst, best].map((each) => `${timeOfDay(each.hour * 60)}, ${tenths(offOf(each))}`)
  return `Least sure about ${least} out; surest about ${most}.`
}

function closerText({ amberOffCents, aemoOffCents }: LeadScore): string[] {
  if (amberOffCents === undefined) return ['By AEMO\u2019s forecast: Amber gave none of its own.']
  const [amber, aemo] = [tenths(amberOffCents), tenths(aemoOffCents)]
  if (amber === aemo) return ['Amber\u2019s own and AEMO\u2019s were equally close.']
  return amberOffCents < aemoOffCents
    ? [`Amber\u2019s own were closer than AEMO\u2019s, ${amber} against ${aemo}.`]
    : [`AEMO\u2019s were closer than Amber\u2019s own, ${aemo} against ${amber}.`]
}

function biasText({ amberBiasCents = 0 }: LeadScore): string[] {
  if (Math.abs(amberBiasCents) < 1) return []
  return [
    `On average they were ${money(Math.abs(amberBiasCents))} too ${amberBiasCents > 0 ? 'high' : 'low'}.`,
  ]
}

const scoreRow = ({ lead, amberOffCents, aemoOffCents, heldShare }: LeadScore): ScoreRow => ({
  short: lead.short,
  lead: lead.text,
  amber: amberOffCents === undefined ? 'not given' : tenths(amberOffCents),
  aemo: tenths(aemoOffCents),
  held: heldShare === undefined ? 'no band' : percent(heldShare),
  aemoOffCents,
  ...(amberOffCents !== undefined && { amberOffCents }),
})

const scoreHour = (score: HourScore): ScoreHour => ({
  hour: score.hour,
  text: timeOfDay(score.hour * 60),
  offCents: offOf(score),
  off: tenths(offOf(score)),
})

const hoursText = (hours: number): string => (hours % 1 === 0 ? String(hours) : hours.toFixed(1))

const spikeText = ({ lead, predictedHours, cameHours }: SpikeRecord): string =>
  `Of ${hoursText(predictedHours)} ${predictedHours === 1 ? 'hour' : 'hours'} of spike foretold ${lead.text}, ${
    cameHours === 0 ? 'none' : hoursText(cameHours)
  } came.`

function bandText(tally: ForecastTally, score: LeadScore | undefined): string {
  if (score?.heldShare === undefined) return ''
  const held = `Amber\u2019s band held the price ${percent(score.heldShare)} of the time.`
  if (isBandTrue(score)) return held
  const isCalibrated = calibrationOf(tally).some((ends) => ends !== undefined)
  return isCalibrated
    ? `${held} A band that held it ${percent(HELD_SHARE)} of the time here is drawn instead, unless Settings say otherwise.`
    : `${held} After ${counted(FEWEST_DAYS, 'day')} a band that fits this home can be drawn.`
}
