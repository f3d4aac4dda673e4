// What the status screen says, as plain values with words.
import {
  addDays,
  type LocalDate,
  localDate,
  localDay,
  type NemDate,
  nemDayStartMs,
} from '#domain/calendar.ts'
import { closedOn } from '#domain/closed-site.ts'
import type { HealthAnswer, Problem } from '#domain/contract.ts'
import { type FirstStep, firstSteps, TOKEN_STEPS } from '#domain/first-steps.ts'
import { fetchingOf } from '#domain/history-words.ts'
import type { HomeFacts } from '#domain/home-facts.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import { troubleText } from '#domain/link-words.ts'
import { sentences } from '#domain/sentence.ts'
import { type Situation, situation } from '#domain/situation.ts'
import { atWhenText, dayText, spanText } from '#domain/time-words.ts'
import { counted } from '#domain/words.ts'
import { type Chain, chain, usageThrough } from './chain.ts'
import { backupRow, httpsRow } from './kept-rows.ts'
import { type SyncLine, syncLines } from './sync-lines.ts'

export interface Row {
  readonly caption: string
  readonly text: string
  readonly note?: string
}

export interface StatusReport {
  readonly sentence: string
  readonly chain: Chain
  /** Of this device, which knows them itself. */
  readonly ownRows: readonly Row[]
  readonly rows: readonly Row[]
  /** The newest first. */
  readonly syncs: readonly SyncLine[]
  readonly problems: readonly Problem[]
  /** Of a home that is not complete yet. */
  readonly steps: readonly FirstStep[]
  /** Of a demo: how it becomes one's own. */
  readonly ownSteps: readonly string[]
  /** "at 5:02 pm", "on Tuesday at 5:02 pm": when the Pi said what stands here of it; undefined when that is of this minute, or never. */
  readonly heardAt: string | undefined
}

export interface DeviceState {
  readonly version: string
  readonly isHttps: boolean
  /** Over https, or on the Pi itself: without it browsers keep no app. */
  readonly isSecure: boolean
  readonly isInstalled: boolean
  /** Opens without the Pi. */
  readonly isKept: boolean
  readonly copy: { firstDate: string | undefined; bytes: number | undefined; history: string } | undefined
}

export interface HeardHealth {
  readonly answer: HealthAnswer
  readonly atMs: number
}

/** Older than this, it is said when the Pi said it. */
const FRESH_MS = 3 * MINUTE_MS
const MOST_CALLS = 50

export function statusReport(
  facts: HomeFacts,
  nowMs: number,
  health: HeardHealth | undefined,
  device: DeviceState,
): StatusReport {
  const now = situation(facts, nowMs)
  const isOld = health !== undefined && nowMs - health.atMs > FRESH_MS
  return {
    sentence: sentence(now),
    chain: chain(now, {
      device: deviceNote(now, device),
      pi: health && !isOld ? `up ${upText(now.nowMs - Date.parse(health.answer.startedAt))}` : '',
      amber: isOld || now.facts.household?.demo ? '' : callsNote(health),
    }),
    ownRows: deviceRows(device, now),
    rows: [httpsRow(device, health, now), ...piRows(health, device, now)],
    syncs: syncLines(health?.answer, now),
    problems: health?.answer.problems ?? [],
    steps: firstSteps(facts, health?.answer),
    ownSteps: facts.household?.demo ? TOKEN_STEPS : [],
    heardAt: isOld ? atWhenText(health.atMs, nowMs, now.timeZone) : undefined,
  }
}

/** "41 days", "3 h 6 min" */
const upText = (ms: number): string =>
  ms < 2 * DAY_MS ? spanText(Math.max(0, ms)) : counted(Math.floor(ms / DAY_MS), 'day')

function sentence(now: Situation): string {
  // Word for word what stands on the screen of now.
  if (now.certainty === 'empty' || closedOn(now) !== undefined) return sentences(now).full
  const trouble = troubleText(now)
  if (trouble) return trouble
  return `${now.facts.household?.demo ? 'This is a demo with invented prices.' : 'Prices are live.'} ${usageSentence(now)}`
}

function usageSentence(now: Situation): string {
  const through = usageThrough(now)
  const yesterday = addDays(localDate(now.nowMs, now.timeZone), -1)
  if (!through) return 'No usage has arrived yet.'
  if (through >= yesterday) return 'Yesterday\u2019s usage is in.'
  return 'Yesterday\u2019s usage has not arrived yet.'
}

function deviceNote({ links: { pi } }: Situation, { copy }: DeviceState): string {
  if (copy?.history === 'coming') return 'still fetching older days'
  return pi.state === 'fine' ? 'copy up to date' : 'showing its own copy'
}

function callsNote(health: HeardHealth | undefined): string {
  const left = health?.answer.lastSync?.quotaRemaining
  return typeof left === 'number' ? `${left} of ${MOST_CALLS} calls left` : ''
}

const HISTORY_NOTES: Readonly<Record<string, string>> = {
  coming: 'older days are still coming',
  'not-kept': 'older days are not kept',
}

function deviceRows({ isKept, isInstalled, copy }: DeviceState, { timeZone }: Situation): Row[] {
  const firstMs = copy?.firstDate && nemDayStartMs(copy.firstDate as NemDate)
  const since = firstMs ? `prices since ${dayText(firstMs, timeZone)}` : 'no prices yet'
  return [
    {
      caption: 'Opened',
      text: isInstalled ? 'As an app' : 'In the browser',
      note: `this device ${isKept ? 'opens' : 'cannot open'} without the Pi`,
    },
    {
      caption: 'On this device',
      text: copy?.bytes === undefined ? 'A copy' : megabytes(copy.bytes),
      note: HISTORY_NOTES[copy?.history ?? ''] ?? since,
    },
  ]
}

function piRows(health: HeardHealth | undefined, device: DeviceState, now: Situation): Row[] {
  if (!health) return [{ caption: 'Version', text: device.version, note: 'of this device' }]
  const { usage, history, version } = health.answer
  return [
    {
      caption: 'Usage',
      text: usage.completeThroughDate
        ? `${usage.missingDays > 0 ? 'To' : 'Complete to'} ${dateText(usage.completeThroughDate, now)}`
        : 'None yet',
      note: [
        usage.missingDays > 0 && `${counted(usage.missingDays, 'day')} missing${whoseDays(now)}`,
        usage.estimatedDays > 0 && `${usage.estimatedDays} estimated`,
      ]
        .filter(Boolean)
        .join(', '),
    },
    ...historyRow(history, now),
    ...storageRow(health.answer),
    ...backupRow(health.answer, now),
    {
      caption: 'Version',
      text: version,
      note: version === device.version ? 'here and on the Pi' : `on the Pi, ${device.version} here`,
    },
  ]
}

/**
 * The Pi counts the days under which Amber delivers usage, the other screens those of the home. Where the two begin an
 * hour apart, as in summer, a gap may lie in one day of the first and in two of the others.
 */
const whoseDays = ({ timeZone }: Situation): string =>
  keepsMarketTime(timeZone) ? '' : ', by Amber\u2019s days (Brisbane time)'

/** Midnights of both solstices. */
const keepsMarketTime = (timeZone: string): boolean =>
  ['2026-06-21', '2026-12-21'].every(
    (date) => localDay(date as LocalDate, timeZone).startMs === nemDayStartMs(date as NemDate),
  )

/** Only while it is being fetched. */
function historyRow(history: HealthAnswer['history'], now: Situation): Row[] {
  const fetching = fetchingOf(history)
  if (!fetching) return []
  const { usage, prices, pricesSince } = fetching
  const since = pricesSince ? `since ${dateText(pricesSince, now)} so far` : 'the newest first'
  return [{ caption: 'History', text: `Usage ${usage} fetched`, note: `prices ${prices}, ${since}` }]
}

function storageRow({ storage }: HealthAnswer): Row[] {
  if (!storage) return []
  return [
    {
      caption: 'On the Pi',
      text: megabytes(storage.bytes),
      ...(storage.freeBytes !== null && { note: `${megabytes(storage.freeBytes)} free` }),
    },
  ]
}

const dateText = (date: string, { timeZone }: Situation): string =>
  dayText(nemDayStartMs(date as NemDate) + 12 * HOUR_MS, timeZone)

const megabytes = (bytes: number): string =>
  bytes >= 1e9
    ? `${Math.round(bytes / 1e9)} GB`
    : bytes < 1e6
      ? `${Math.max(1, Math.round(bytes / 1e3))} kB`
      : `${Math.round(bytes / 1e6)} MB`
