// The running interval and the forecasts as they are stored, beside all the ways in which Amber has told them.
import type { Database } from 'better-sqlite3'
import { livePrices } from '../../../backend/store/prices.ts'
import { knownSites } from '../../../backend/store/sites.ts'
import type { Told } from '../compare.ts'
import type { Fact, Facts } from '../facts.ts'
import type { Kind } from './mutating-amber.ts'

export interface LiveFacts {
  readonly learn: (kind: Kind, rows: readonly Record<string, unknown>[]) => void
  readonly told: Told
}

export function createLiveFacts(): LiveFacts {
  const known = new Map<string, Fact[]>()
  return {
    learn: (kind, rows) => {
      if (kind !== 'current' && kind !== 'prices') return
      for (const row of rows) {
        if (row.type === 'ActualInterval') continue
        const rowKind = row.type === 'CurrentInterval' ? 'current' : 'forecast'
        const key = `${rowKind} ${row.channelType} ${row.endTime} ${row.duration} ${row.perKwh}`
        known.set(key, [...(known.get(key) ?? []), factOf(row)])
      }
    },
    told: (key) => known.get(key) ?? [],
  }
}

function factOf(row: Record<string, unknown>): Fact {
  const advanced = row.advancedPrice as Record<string, number> | undefined
  const range = row.range as Record<string, number> | undefined
  return {
    spot: row.spotPerKwh as number,
    renewables: row.renewables as number,
    descriptor: row.descriptor as string,
    spike: row.spikeStatus as string,
    low: advanced?.low ?? null,
    predicted: advanced?.predicted ?? null,
    high: advanced?.high ?? null,
    min: range?.min ?? null,
    max: range?.max ?? null,
  }
}

export function storedLive(db: Database): Facts {
  const rows = knownSites(db).flatMap(({ siteId }) => livePrices(db, siteId))
  return new Map(
    rows.map((row) => [
      `${row.kind} ${row.channel} ${utc(row.endMs)} ${(row.endMs - row.startMs) / 60_000} ${row.centsPerKwh}`,
      {
        spot: row.spotCentsPerKwh ?? null,
        renewables: row.renewablesPercent ?? null,
        descriptor: row.descriptor ?? null,
        spike: row.spikeStatus ?? null,
        low: row.advanced?.low ?? null,
        predicted: row.advanced?.predicted ?? null,
        high: row.advanced?.high ?? null,
        min: row.range?.min ?? null,
        max: row.range?.max ?? null,
      },
    ]),
  )
}

const utc = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')
