// What this machine tells of the appliance when it is asked from a shell: the settings systemd reads, its units, the
// room on the card. Each answer may be missing: the same questions are asked on a laptop.
import { spawnSync } from 'node:child_process'
import { readFileSync, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseEnv } from 'node:util'

const ENV_FILE = '/etc/home-energy-analysis/dashboard.env'
const STATE_DIRECTORY = '/var/lib/home-energy-analysis'
const DASHBOARD = 'home-energy-dashboard.service'
const SYNC = 'home-energy-sync-cache.service'
const TIMER = 'home-energy-sync-cache.timer'
const HTTPS_TIMER = 'home-energy-https.timer'

export interface Machine {
  /** What systemd says of each unit, such as "active"; absent where the appliance is not installed. */
  readonly units?: Readonly<Record<'dashboard' | 'sync' | 'timer', string>>
  /** Of the timer that renews the certificate; absent where pi/https.sh was never run. */
  readonly httpsTimer?: string
  /** When the timer runs the next sync. */
  readonly nextSyncAtMs?: number
  /** The database and its log, if they are there. */
  readonly databaseBytes?: number
  readonly disk?: { readonly freeBytes: number; readonly totalBytes: number }
}

type Environment = Readonly<Record<string, string | undefined>>

/** What the units run with; empty where the appliance is not installed. The token is for the refresh alone. */
export function applianceSettings({ withToken = false } = {}): Environment {
  if (unitState(DASHBOARD) === undefined) return {}
  try {
    const { AMBER_TOKEN, ...settings } = parseEnv(readFileSync(ENV_FILE, 'utf8'))
    return { STATE_DIRECTORY, ...settings, ...(withToken && { AMBER_TOKEN }) }
  } catch {
    // Not a member of the group yet (it takes a new login), or no such file: then the defaults are in force.
    return { STATE_DIRECTORY }
  }
}

/** Where the appliance's server listens, as it told systemd; the settings themselves are not for everybody to read. */
export function runningAt(): string | undefined {
  const told = show(DASHBOARD, 'StatusText')
  return told?.startsWith('http://') ? told : undefined
}

/** A server that listens everywhere is asked on the machine itself. */
export function askedAt(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

export function machineOf(sqlitePath: string): Machine {
  const dashboard = unitState(DASHBOARD)
  const nextSyncAtMs = dashboard === undefined ? undefined : nextElapseMs()
  const httpsTimer = unitState(HTTPS_TIMER)
  const databaseBytes = bytesOf(sqlitePath)
  const disk = diskOf(sqlitePath)
  return {
    ...(dashboard && {
      units: { dashboard, sync: unitState(SYNC) ?? 'missing', timer: unitState(TIMER) ?? 'missing' },
    }),
    ...(httpsTimer && { httpsTimer }),
    ...(nextSyncAtMs && { nextSyncAtMs }),
    ...(databaseBytes !== undefined && { databaseBytes }),
    ...(disk && { disk }),
  }
}

function show(unit: string, property: string): string | undefined {
  const { status, stdout } = spawnSync(
    'systemctl',
    ['show', unit, `--property=${property}`, '--value', '--timestamp=unix'],
    { encoding: 'utf8', timeout: 5000 },
  )
  return status === 0 ? stdout.trim() : undefined
}

function unitState(unit: string): string | undefined {
  if (show(unit, 'LoadState') !== 'loaded') return undefined
  return show(unit, 'ActiveState')
}

function nextElapseMs(): number | undefined {
  const seconds = show(TIMER, 'NextElapseUSecRealtime')?.match(/^@(\d+)$/)?.[1]
  return seconds === undefined ? undefined : Number(seconds) * 1000
}

/** Undefined too where this user may not look. */
function bytesOf(sqlitePath: string): number | undefined {
  return ifAllowed(() => {
    const log = statSync(`${sqlitePath}-wal`, { throwIfNoEntry: false })
    return statSync(sqlitePath).size + (log?.size ?? 0)
  })
}

function diskOf(sqlitePath: string): Machine['disk'] {
  return ifAllowed(() => {
    const { bavail, blocks, bsize } = statfsSync(dirname(sqlitePath))
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
  })
}

function ifAllowed<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
