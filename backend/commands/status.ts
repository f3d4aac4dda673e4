// One screen of text for SSH, from a running server's health.
import { ofetch } from 'ofetch'
import type { HealthAnswer } from '#domain/contract.ts'
import { readConfig } from '../config.ts'
import type { Outside } from '../main.ts'

const EXIT = { ok: 0, stale: 1, unknown: 2 } as const

export async function statusCommand({ env, root, print }: Outside): Promise<number> {
  const port = readConfig(env, root).config?.port ?? 5050
  const url = `http://127.0.0.1:${port}/api/health`
  try {
    const health = await ofetch<HealthAnswer>(url, { retry: 0, timeout: 5000 })
    print(statusText(health))
    return EXIT[health.status]
  } catch (error) {
    print(`No server answers at ${url}: ${(error as Error).message}`)
    return EXIT.unknown
  }
}

export function statusText(health: HealthAnswer): string {
  const { prices, usage, lastSync } = health
  const lines: [string, string][] = [
    ['Status', `${health.status}, ${health.source}${health.demo ? ', DEMO household' : ''}`],
    ['Price', `${prices.state} ${span(prices.intervalStart, prices.intervalEnd)}`],
    ['Forecast', `until ${prices.forecastUntil ?? 'unknown'}`],
    ['Amber answered', health.cacheAgeSeconds === null ? 'never' : `${health.cacheAgeSeconds} s ago`],
    [
      'Usage',
      `complete to ${usage.completeThroughDate ?? 'unknown'}, ${usage.estimatedDays} days estimated, ${usage.missingDays} missing`,
    ],
    [
      'Last sync',
      lastSync
        ? `${lastSync.outcome}, ${lastSync.amberRequests} calls, ${lastSync.finishedAt ?? 'not finished'}`
        : 'none',
    ],
    ['Calls left', lastSync?.quotaRemaining == null ? 'unknown' : `${lastSync.quotaRemaining} of 50`],
    ['Version', `${health.version} (${health.commit}), up since ${health.startedAt}`],
    ...health.problems.map(({ code, message }): [string, string] => ['Problem', `${code}: ${message}`]),
  ]
  return lines.map(([name, text]) => `${name.padEnd(16)}${text}`).join('\n')
}

const span = (from: string | null, to: string | null): string => (from && to ? `${from} to ${to}` : '')
