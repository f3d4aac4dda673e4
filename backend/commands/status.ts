// One screen of text for SSH: what a running server says of itself, and what this machine says of it.
import { ofetch } from 'ofetch'
import type { HealthAnswer } from '#domain/contract.ts'
import { askedAt, machineOf, runningAt } from '../appliance.ts'
import { readConfig } from '../config.ts'
import type { Outside } from '../main.ts'
import { nextSyncAtMs } from '../sync/schedule.ts'
import { machineText, statusText } from './status-text.ts'

const EXIT = { ok: 0, stale: 1, unknown: 2 } as const

export async function statusCommand({ env, root, now, print }: Outside): Promise<number> {
  const { config, problems } = readConfig(env, root)
  if (!config) {
    print(problems.join('\n'))
    return EXIT.unknown
  }
  const told = env.PORT || env.HOST ? undefined : runningAt()
  const url = `${told ?? askedAt(config.host, config.port)}/api/health`
  const machine = machineOf(config.sqlitePath)
  try {
    const health = await ofetch<HealthAnswer>(url, { retry: 0, timeout: 5000 })
    print(statusText(health, { nextSyncAtMs: nextSyncAtMs(now()), ...machine }))
    return EXIT[health.status]
  } catch (error) {
    print(`No server answers at ${url}: ${(error as Error).message}`)
    print(machineText(machine))
    return EXIT.unknown
  }
}
