// The registers of a meter and the local days on which each of them spoke, or should have.
import { offsetMs } from './calendar.ts'
import { DAY_MS } from './interval.ts'
import type { Channel } from './price.ts'
import type { UsageInterval } from './usage.ts'

export interface MeterRegister {
  readonly channel: Channel
  readonly identifier: string
}

export interface MeterHome {
  readonly timeZone: string
  /** Length of an interval on a day of which nothing is known; known rows speak for themselves. */
  readonly intervalMinutes: number
  /** The site's channels: one of them without any row is missing, not absent. */
  readonly channels?: readonly Channel[]
  /** The site's registers of today; without it, those seen in the usage. */
  readonly registers?: readonly MeterRegister[]
}

export interface RegisterHistory extends MeterRegister {
  /** The site has it today. */
  readonly present: boolean
  /** Rows by day number: local days since 1970-01-01. */
  readonly days: ReadonlyMap<number, readonly UsageInterval[]>
  /** Infinite where it never spoke. */
  readonly firstDay: number
  readonly lastDay: number
}

/** Without a list of the site's registers, one that was silent this long while others spoke is taken for replaced. */
const GONE_AFTER_DAYS = 14

/** Any order. A row belongs to the local day it starts on. */
export function registersOf(usage: readonly UsageInterval[], home: MeterHome): RegisterHistory[] {
  const found = new Map<string, MeterRegister & { days: Map<number, UsageInterval[]> }>()
  const register = ({ channel, identifier }: MeterRegister) => {
    const key = keyOf({ channel, identifier })
    const known = found.get(key) ?? { channel, identifier, days: new Map() }
    found.set(key, known)
    return known
  }
  for (const known of home.registers ?? []) register(known)
  for (const row of usage) {
    const { days } = register(row)
    const day = Math.floor((row.startMs + offsetMs(row.startMs, home.timeZone)) / DAY_MS)
    const rows = days.get(day)
    if (rows) rows.push(row)
    else days.set(day, [row])
  }
  const seen = new Set([...found.values()].map(({ channel }) => channel))
  for (const channel of home.channels ?? []) if (!seen.has(channel)) register({ channel, identifier: '' })
  return withPresence([...found.values()], home)
}

/** From its first row on; one that the site no longer has, until its last. */
export const isExpected = ({ present, firstDay, lastDay }: RegisterHistory, day: number): boolean =>
  firstDay === Number.POSITIVE_INFINITY ? present : day >= firstDay && (present || day <= lastDay)

type FoundRegister = MeterRegister & { readonly days: ReadonlyMap<number, readonly UsageInterval[]> }

function withPresence(found: readonly FoundRegister[], home: MeterHome): RegisterHistory[] {
  const spans = found.map((register) => {
    const days = [...register.days.keys()]
    return { ...register, firstDay: earliest(days), lastDay: latest(days) }
  })
  const newest = latest(spans.map(({ lastDay }) => lastDay))
  const listed = home.registers && new Set(home.registers.map(keyOf))
  const isPresent = (register: (typeof spans)[number]): boolean =>
    register.days.size === 0 || (listed?.has(keyOf(register)) ?? newest - register.lastDay <= GONE_AFTER_DAYS)
  return spans.map((span) => ({ ...span, present: isPresent(span) }))
}

const keyOf = ({ channel, identifier }: MeterRegister): string => `${channel} ${identifier}`

const earliest = (days: readonly number[]): number =>
  days.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)

const latest = (days: readonly number[]): number =>
  days.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
