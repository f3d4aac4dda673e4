// The registers of a meter and the local days on which each of them spoke, or should have.
import { offsetMs } from './calendar.ts'
import type { Household } from './household.ts'
import { DAY_MS } from './interval.ts'
import type { Channel } from './price.ts'
import { type RegisterSpan, withSpans } from './register-spans.ts'
import type { UsageInterval } from './usage.ts'

export interface MeterRegister {
  readonly channel: Channel
  readonly identifier: string
}

export interface MeterHome {
  readonly timeZone: string
  /** Length of an interval on a day of which nothing is known; known rows speak for themselves. */
  readonly intervalMinutes: number
  /** The site's channels, where its registers are not known: one of them without any row is missing, not absent. */
  readonly channels?: readonly Channel[]
  /** The site's registers of today that speak or may begin to; without it, those seen in the usage. */
  readonly registers?: readonly MeterRegister[]
}

export interface RegisterHistory extends MeterRegister, RegisterSpan {
  /** Rows by day number: local days since 1970-01-01. */
  readonly rows: ReadonlyMap<number, readonly UsageInterval[]>
}

/** As far as the household tells of it. */
export function meterHome(household: Household | undefined, timeZone: string): MeterHome {
  const { intervalMinutes = 30, channels, registers } = household ?? {}
  return { timeZone, intervalMinutes, ...(channels && { channels }), ...(registers && { registers }) }
}

/** Any order. A row belongs to the local day it starts on. */
export function registersOf(usage: readonly UsageInterval[], home: MeterHome): RegisterHistory[] {
  const found = new Map<string, MeterRegister & { rows: Map<number, UsageInterval[]> }>()
  const register = ({ channel, identifier }: MeterRegister) => {
    const key = keyOf({ channel, identifier })
    const known = found.get(key) ?? { channel, identifier, rows: new Map() }
    found.set(key, known)
    return known
  }
  for (const known of home.registers ?? []) register(known)
  for (const row of usage) {
    const { rows } = register(row)
    const day = Math.floor((row.startMs + offsetMs(row.startMs, home.timeZone)) / DAY_MS)
    const ofDay = rows.get(day)
    if (ofDay) ofDay.push(row)
    else rows.set(day, [row])
  }
  if (!home.registers) {
    const seen = new Set([...found.values()].map(({ channel }) => channel))
    for (const channel of home.channels ?? []) if (!seen.has(channel)) register({ channel, identifier: '' })
  }
  const listed = home.registers && new Set(home.registers.map(keyOf))
  return withSpans(
    [...found.values()].map((each) => ({
      ...each,
      days: [...each.rows.keys()],
      isListed: listed?.has(keyOf(each)),
    })),
  )
}

const keyOf = ({ channel, identifier }: MeterRegister): string => `${channel} ${identifier}`
