// "Wait. Start the dishwasher at 2 am and pay 31c, not 63c.": the verdict on a run, in plain text, the same on a screen and
// aloud.
import { type Advice, type Appliance, type LaterRun, WORTH_WAITING_CENTS } from './advice.ts'
import { localDate } from './calendar.ts'
import { DAY_MS, type Interval } from './interval.ts'
import { isCutOff, type Situation } from './situation.ts'
import { exactTimeText, NO_BREAK, timeSpan, timeText, weekdayText, whenAndAge } from './time-words.ts'
import { money, nearest, percent, shownDifference } from './words.ts'

type Waiting = Advice & { readonly action: 'wait' }
type Running = Advice & { readonly action: 'run' }

export function adviceSentence(now: Situation, appliance: Appliance, advice: Advice, byMs: number): string {
  const name = spoken(appliance.name)
  if (now.certainty === 'empty') return `No prices yet, so nothing can be said of the ${name}.`
  if (!now.row) return `Can\u2019t tell when to run the ${name}: there is no price now.`
  if (advice.action === 'wait') return waitSentence(now, appliance, advice)
  if (advice.action === 'run') return runSentence(now, appliance, advice, byMs)
  return `Can\u2019t tell when to run the ${name}: no forecast reaches that far.`
}

/** What stands below the bars: what is kept, what at worst, and another time. */
export function adviceDetail(now: Situation, appliance: Appliance, advice: Advice): string {
  if (!now.row || advice.action === 'unknown') return ''
  const texts =
    advice.action === 'wait'
      ? [keptText(advice), solarText(advice.nowSolarShare, advice), alternativeText(now, advice)]
      : [laterText(now, appliance, advice), solarText(advice.nowSolarShare, advice.later)]
  return texts.filter((text) => text !== '').join(' ')
}

/** "Amber's own forecast, made 2:25 pm, 2 h 6 min ago." */
export function forecastText(now: Situation, at: Interval | undefined): string {
  const whose = now.options.forecast === 'aemo' ? 'AEMO\u2019s forecast' : 'Amber\u2019s own forecast'
  const row = at && now.general.find(({ startMs, endMs }) => startMs <= at.startMs && at.startMs < endMs)
  if (!isCutOff(now) || row?.madeAtMs === undefined) return `By ${whose}.`
  return `By ${whose}, made ${whenAndAge(row.madeAtMs, now.nowMs, now.timeZone)}.`
}

/** "dishwasher", "EV": a name inside a sentence. */
export const spoken = (name: string): string =>
  /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name

/** "2 am"; a day or more ahead "2 am on Thursday". */
export function startText(ms: number, { nowMs, timeZone }: Situation): string {
  if (ms <= nowMs) return 'now'
  const time = exactTimeText(ms, timeZone)
  return ms - nowMs < DAY_MS ? time : `${time} on ${weekdayText(ms, timeZone)}`
}

/** "7 pm", "7 am tomorrow", "7 am on Thursday". */
export function readyByText(ms: number, { nowMs, timeZone }: Situation): string {
  const time = exactTimeText(ms, timeZone)
  const [day, today, tomorrow] = [ms, nowMs, nowMs + DAY_MS].map((at) => localDate(at, timeZone))
  if (day === today) return time
  return day === tomorrow ? `${time} tomorrow` : `${time} on ${weekdayText(ms, timeZone)}`
}

function waitSentence(now: Situation, appliance: Appliance, advice: Waiting): string {
  const { costCents, nowCostCents } = advice
  const wait = advice.startMs > now.nowMs && nowCostCents !== undefined ? 'Wait. ' : ''
  const what = `${wait}${verbOf(appliance, 'Start')} the ${spoken(appliance.name)} ${timesText(now, advice)}`
  const not = nowCostCents === undefined ? '' : `, not ${amount(nowCostCents)}`
  if (isCutOff(now)) return `${what}: likely ${amount(costCents)}${not}.`
  return nearest(costCents) < 0
    ? `${what} and earn ${money(-costCents)}${not}.`
    : `${what} and pay ${amount(costCents)}${not}.`
}

/** "at 2 am"; in blocks "11 pm–1 am and 2–4 am", "in 3 parts from 11 pm". */
function timesText(now: Situation, { blocks, startMs }: LaterRun): string {
  const [first, second, ...more] = blocks
  if (!second) return `at ${startText(startMs, now)}`
  if (more.length > 0) return `in ${blocks.length} parts from ${startText(startMs, now)}`
  const begin =
    startMs <= now.nowMs ? `now until ${timeText(first!.endMs, now.timeZone)}` : spanOf(first!, now)
  return `${begin} and ${spanOf(second, now)}`
}

const spanOf = ({ startMs, endMs }: Interval, { timeZone }: Situation): string =>
  timeSpan(startMs, endMs, timeZone)

function runSentence(now: Situation, appliance: Appliance, advice: Running, byMs: number): string {
  const what = `${verbOf(appliance, 'Run')} the ${spoken(appliance.name)} now`
  const { later, nowCostCents } = advice
  if (!later) {
    const reaches = now.knownToMs !== undefined && now.knownToMs >= byMs
    const until = reaches ? `before ${readyByText(byMs, now)}` : 'as far as the forecast reaches'
    return `${what} and pay ${amount(nowCostCents!)}. It won\u2019t be cheaper ${until}.`
  }
  return `${what}. ${riskText(nowCostCents!, later)}`
}

function riskText(nowCents: number, { costCents, savedCents, worstCostCents = nowCents }: LaterRun): string {
  const saved = shownDifference(nowCents, costCents)
  if (savedCents! < WORTH_WAITING_CENTS)
    return saved < 1 ? 'Waiting saves next to nothing.' : `Waiting saves only ${money(saved)}.`
  const lost = shownDifference(worstCostCents, nowCents)
  return `Waiting might save ${money(saved)}, might ${lost > 0 ? `cost ${money(lost)} more` : 'save nothing'}.`
}

function keptText({ nowCostCents, costCents, worstCostCents }: Waiting): string {
  if (nowCostCents === undefined) return 'What it would cost now is not known.'
  const saved = shownDifference(nowCostCents, costCents)
  const kept = `You keep ${money(saved)}`
  if (worstCostCents === undefined) return `${kept}. How dear it may get at worst is not known.`
  const atWorst = shownDifference(nowCostCents, worstCostCents)
  return atWorst === saved
    ? `${kept}.`
    : `${kept}, or ${amount(atWorst)} if prices reach the high end of the forecast.`
}

/** Of less the cost is hardly another. */
const SOLAR_SHARE = 0.02

/** What a cost owes to the home's own panels: it is not that of the price beside it. */
function solarText(nowShare = 0, later?: LaterRun): string {
  const times = [
    { when: 'now', share: nowShare },
    { when: 'then', share: later?.solarShare ?? 0 },
  ].filter(({ share }) => share >= SOLAR_SHARE)
  const shares = times.map(
    ({ when, share }, i) => `${percent(share)} ${i === 0 ? 'of it to spare ' : ''}${when}`,
  )
  return shares.length > 0 ? `Your panels usually have ${shares.join(', ')}.` : ''
}

function alternativeText(now: Situation, { alternative, costCents }: Waiting): string {
  if (!alternative) return ''
  const more = shownDifference(alternative.costCents, costCents)
  const time = sentenceStart(startText(alternative.startMs, now))
  return more < 1 ? `${time} costs as little.` : `${time} costs ${money(more)}${NO_BREAK}more.`
}

function laterText(now: Situation, appliance: Appliance, { later }: Running): string {
  if (!later) return ''
  const worst = later.worstCostCents === undefined ? '' : `, at worst ${amount(later.worstCostCents)}`
  const name = spoken(appliance.name)
  return `At ${startText(later.startMs, now)} the ${name} would cost ${amount(later.costCents)}${worst}.`
}

/** "Charge" of "Charge now". */
const verbOf = ({ runNow }: Appliance, otherwise: string): string =>
  /^(\w+) now$/.exec(runNow ?? '')?.[1] ?? otherwise

const amount = (cents: number): string => (nearest(cents) === 0 ? 'nothing' : money(cents))

const sentenceStart = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
