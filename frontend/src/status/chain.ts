// The three links between this device and Amber as a chain of four nodes, each link with its own state, word and age.
import { type LocalDate, localDate, localDay } from '#domain/calendar.ts'
import type { Links } from '#domain/freshness.ts'
import { HOUR_MS } from '#domain/interval.ts'
import { sinceText } from '#domain/link-words.ts'
import type { Situation } from '#domain/situation.ts'
import { clockSeconds, dayText, spanText, timeText, whenAndAge } from '#domain/time-words.ts'

/** ok is drawn solid, late dashed, down dotted with a gap, unknown faint. */
export type LinkState = 'ok' | 'late' | 'down' | 'unknown'

export interface ChainNode {
  readonly name: string
  readonly note: string
}

export interface ChainLink {
  readonly state: LinkState
  readonly word: string
  readonly text: string
}

export interface Chain {
  readonly nodes: readonly [ChainNode, ChainNode, ChainNode, ChainNode]
  readonly links: readonly [ChainLink, ChainLink, ChainLink]
}

export interface ChainNotes {
  readonly device: string
  readonly pi: string
  readonly amber: string
}

export function chain(now: Situation, notes: ChainNotes): Chain {
  return {
    nodes: [
      { name: 'This device', note: notes.device },
      { name: 'Your Pi', note: notes.pi },
      { name: 'Internet', note: '' },
      { name: 'Amber', note: notes.amber },
    ],
    links: [
      piLink(now),
      ...(now.facts.household?.demo ? demoLinks(now) : ([internetLink(now), amberLink(now)] as const)),
    ],
  }
}

/** A demo invents what it shows on the Pi itself. */
const demoLinks = (now: Situation): readonly [ChainLink, ChainLink] => [
  { state: 'unknown', word: 'Not used', text: 'a demo asks its own simulator' },
  { state: 'unknown', word: 'Invented prices and usage', text: arrived(now) },
]

const CANNOT_TELL: ChainLink = { state: 'unknown', word: 'Not known', text: 'only your Pi knows' }

function piLink(now: Situation): ChainLink {
  const { facts, nowMs, timeZone } = now
  const { pi } = now.links
  const { answeredAtMs } = facts.pi
  const last = answeredAtMs === undefined ? 'never' : whenAndAge(answeredAtMs, nowMs, timeZone)
  if (pi.state === 'fine') return { state: 'ok', word: 'Reached', text: last }
  if (pi.state === 'unknown') return { state: 'down', word: 'Not reached yet', text: 'it has not answered' }
  if (pi.state === 'late')
    return { state: 'late', word: `No word for ${spanText(nowMs - pi.sinceMs)}`, text: `last answer ${last}` }
  return {
    state: 'down',
    word: `Can\u2019t be reached${sinceText(pi.sinceMs, now)}`,
    text: `last answer ${last}`,
  }
}

function internetLink(now: Situation): ChainLink {
  const { amber } = now.links
  if (amber.state === 'unknown') return unheard(now.links)
  if (amber.state === 'fine') return { state: 'ok', word: 'Online', text: amberAnswered(now) }
  const since = sinceText(amber.sinceMs, now)
  switch (amber.trouble) {
    case 'internet':
      return { state: 'down', word: `No internet${since}`, text: amberAnswered(now) }
    case 'pi':
      return { state: 'down', word: `Your Pi can\u2019t store prices${since}`, text: 'its log says why' }
    case 'silence':
      return { state: 'late', word: `Nothing new${since}`, text: amberAnswered(now) }
    default:
      // To be refused, the Pi must have got through.
      return {
        state: 'ok',
        word: 'Online',
        text: now.facts.amber.answeredAtMs ? amberAnswered(now) : 'Amber was reached',
      }
  }
}

function amberLink(now: Situation): ChainLink {
  const { amber, prices } = now.links
  if (amber.state === 'unknown') return unheard(now.links)
  if (amber.state === 'fine') {
    if (prices.state === 'late') return { state: 'late', word: 'Price late', text: arrived(now) }
    if (!now.lastLive && !usageThrough(now))
      return { state: 'unknown', word: 'Nothing yet', text: 'no price and no usage so far' }
    if (isUsageLate(now)) return { state: 'late', word: 'Usage late', text: arrived(now) }
    return { state: 'ok', word: 'Prices and usage arrive', text: arrived(now) }
  }
  const since = sinceText(amber.sinceMs, now)
  switch (amber.trouble) {
    case 'token':
      return { state: 'down', word: 'Token refused', text: 'make a new one in the Amber app' }
    case 'quota':
      return { state: 'late', word: `Call limit used up${since}`, text: 'it is asked again when it resets' }
    case 'amber':
      return { state: 'down', word: `Amber is not working${since}`, text: arrived(now) }
    case 'answer':
      return { state: 'down', word: `Answers can\u2019t be read${since}`, text: arrived(now) }
    default:
      return CANNOT_TELL
  }
}

/** Of a Pi that is there but has not asked yet, and of one that is not heard of. */
const unheard = ({ pi }: Links): ChainLink =>
  pi.state === 'fine'
    ? { state: 'unknown', word: 'Not asked yet', text: 'the first sync is to come' }
    : CANNOT_TELL

function amberAnswered({ facts, nowMs, timeZone }: Situation): string {
  const { answeredAtMs } = facts.amber
  return answeredAtMs === undefined
    ? 'Amber has never answered'
    : `Amber answered ${whenAndAge(answeredAtMs, nowMs, timeZone)}`
}

function arrived(now: Situation): string {
  const { lastLive, timeZone } = now
  const usage = usageThrough(now)
  return [
    lastLive && `price of ${priceTime(lastLive, timeZone)}`,
    usage ? `usage to ${dayText(localDay(usage, timeZone).startMs, timeZone)}` : 'no usage yet',
  ]
    .filter(Boolean)
    .join(', ')
}

const priceTime = (
  { confirmedAtMs, startMs }: NonNullable<Situation['lastLive']>,
  timeZone: string,
): string =>
  timeText(startMs, timeZone) + (confirmedAtMs ? `, confirmed ${clockSeconds(confirmedAtMs, timeZone)}` : '')

/**
 * The day of the newest row the meter has told; undefined where there is none. Amber's days end at midnight of +10:00 all year, an
 * hour or two into the next day of a home in summer, and that hour is no day.
 */
export function usageThrough({ facts, timeZone }: Situation): LocalDate | undefined {
  const lastMs = facts.usage.reduce(
    (newest, { startMs }) => Math.max(newest, startMs),
    Number.NEGATIVE_INFINITY,
  )
  return Number.isFinite(lastMs) ? localDate(lastMs - 2 * HOUR_MS, timeZone) : undefined
}

/** Yesterday's usage should be there by the afternoon. */
export function isUsageLate(now: Situation): boolean {
  const usage = usageThrough(now)
  const due = localDate(now.nowMs - USAGE_DUE_AFTER_MS, now.timeZone)
  return usage !== undefined && usage < due
}

const USAGE_DUE_AFTER_MS = 36 * HOUR_MS
