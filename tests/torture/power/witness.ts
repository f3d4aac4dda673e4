// Stands outside the machine and writes down what it tells the house: a device's copy of the facts, the refreshes that health
// speaks of, and the settings whose writing was answered.

import { nemDayStartMs, parseNemDate } from '../../../backend/domain/calendar.ts'
import type { HealthAnswer } from '../../../backend/domain/contract.ts'
import { MINUTE_MS, SECOND_MS } from '../../../backend/domain/interval.ts'
import type { MirrorAnswer } from '../../../backend/domain/mirror.ts'
import type { Fact, Told } from './judge.ts'

export interface Witness {
  told(): Told
  health(): Promise<HealthAnswer>
  /** Copies what is new. */
  listen(): Promise<void>
  /** Writes a setting and waits for the answer. */
  decide(): Promise<void>
}

const SETTING = 'ovenKw'
/** Of the host, on which one second of the machine can take a minute: a question that is given up is work for it all the same. */
const PATIENCE_MS = 15 * MINUTE_MS

export function createWitness(dashboard: string): Witness {
  let copy: { epoch: string; revision: number } | undefined
  let decisions = 0
  const runs = new Set<number>()
  const facts = new Map<string, Fact>()
  const settings = new Map<string, number>()

  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${dashboard}${path}`, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) })
    if (!response.ok) throw new Error(`${path} answers ${response.status}: ${await response.text()}`)
    return response
  }
  const mirror = async (query: string) => (await (await ask(`/api/mirror${query}`)).json()) as MirrorAnswer
  return {
    told: () => ({
      ...(copy && { epoch: copy.epoch.split('.')[0] as string }),
      revision: copy?.revision ?? 0,
      runs: new Set(runs),
      facts: new Map(facts),
      settings: new Map(settings),
    }),
    health: async () => {
      const answer = (await (await ask('/api/health')).json()) as HealthAnswer
      if (answer.lastSync?.finishedAt) runs.add(Date.parse(answer.lastSync.startedAt) / SECOND_MS)
      return answer
    },
    listen: async () => {
      const epoch = copy?.epoch ?? (await mirror('')).epoch
      if (epoch.startsWith('none') || epoch.endsWith('none')) return
      for (let more = true; more; ) {
        const answer = await mirror(`?since=${copy?.revision ?? 0}&epoch=${epoch}`)
        for (const [key, value] of valuesOf(answer)) facts.set(key, { value, revision: answer.revision })
        copy = { epoch: answer.epoch, revision: answer.revision }
        more = answer.more
      }
    },
    decide: async () => {
      const revision = decisions + 1
      const record = { [SETTING]: { value: revision / 1000, revision, writer: 'witness' } }
      decisions = revision
      await ask('/api/settings', {
        method: 'PUT',
        headers: { origin: dashboard, 'content-type': 'application/json' },
        body: JSON.stringify({ record }),
      })
      settings.set(SETTING, revision)
    },
  }
}

function* valuesOf({ priceDays, usageDays }: MirrorAnswer): Iterable<[string, number]> {
  for (const day of priceDays)
    for (const [at, end] of day.end.entries())
      yield [priceKey(day.channel, endMinute(day.date, end)), day.cents[at] as number]
  for (const day of usageDays)
    for (const [at, end] of day.end.entries())
      yield [usageKey(day.identifier, endMinute(day.date, end)), day.kwh[at] as number]
}

/** Minutes since 1970, as the database counts. */
const endMinute = (date: string, end: number): number => {
  const day = parseNemDate(date)
  if (!day) throw new Error(`no date: ${date}`)
  return nemDayStartMs(day) / MINUTE_MS + end
}

export const priceKey = (channel: string, endMinute: number): string => `price ${channel} ${endMinute}`
export const usageKey = (identifier: string, endMinute: number): string => `usage ${identifier} ${endMinute}`
