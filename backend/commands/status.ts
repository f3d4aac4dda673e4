// One screen of text for SSH: what a running server says of itself, and what this machine says of it.
import { ofetch } from 'ofetch'
import type { HealthAnswer } from '#domain/contract.ts'
import { applianceSettings, machineOf } from '../appliance.ts'
import { type Config, readConfig } from '../config.ts'
import type { Outside } from '../main.ts'
import { nextSyncAtMs } from '../sync/schedule.ts'
import { machineText, statusText } from './status-text.ts'

const EXIT = { ok: 0, stale: 1, unknown: 2 } as const

export async function statusCommand({ env, root, now, print }: Outside): Promise<number> {
  const { config, problems } = readConfig({ ...applianceSettings(), ...env }, root)
  if (!config) {
    print(problems.join('\n'))
    return EXIT.unknown
  }
  const url = `http://${addressOf(config)}:${config.port}/api/health`
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

/** A server that listens everywhere is asked on the machine itself. */
function addressOf({ host }: Config): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
