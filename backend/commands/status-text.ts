// The words of "npm run status": a name and its value a line, few enough for one screen.
import type { HealthAnswer } from '#domain/contract.ts'
import { fetchingOf } from '#domain/history-words.ts'
import { SECOND_MS } from '#domain/interval.ts'
import { spanText } from '#domain/time-words.ts'
import type { Machine } from '../appliance.ts'

type Line = readonly [name: string, value: string]

export function statusText(health: HealthAnswer, machine: Machine): string {
  return aligned([...householdLines(health, machine), ...machineLines(machine), ...problemLines(health)])
}

/** What is left to say when no server answers; empty on a machine that tells nothing. */
export const machineText = (machine: Machine): string => aligned(machineLines(machine))

const aligned = (lines: readonly Line[]): string =>
  lines.map(([name, value]) => `${name.padEnd(16)}${value}`).join('\n')

function householdLines(health: HealthAnswer, machine: Machine): Line[] {
  const { prices, usage, lastSync } = health
  const time = (iso: string | null) => (iso === null ? 'unknown' : clock(iso, health.now))
  const next =
    machine.nextSyncAtMs === undefined
      ? 'unknown'
      : `in ${Math.round((machine.nextSyncAtMs - Date.parse(health.now)) / SECOND_MS)} s`
  return [
    ['Status', `${health.status}, ${health.source}${health.demo ? ', DEMO household' : ''}`],
    ['Price', priceText(health, time)],
    ['Forecast', `until ${time(prices.forecastUntil)}`],
    [
      'Amber answered',
      health.cacheAgeSeconds === null ? 'never' : `${spanText(health.cacheAgeSeconds * SECOND_MS)} ago`,
    ],
    [
      'Usage',
      `complete to ${usage.completeThroughDate ?? 'unknown'}, ${usage.estimatedDays} days estimated, ${usage.missingDays} missing`,
    ],
    ...historyLine(health),
    [
      'Last sync',
      lastSync
        ? `${lastSync.outcome}, ${lastSync.amberRequests} calls, ${time(lastSync.finishedAt)}`
        : 'none',
    ],
    ['Next sync', next],
    ['Calls left', lastSync?.quotaRemaining == null ? 'unknown' : `${lastSync.quotaRemaining} of 50`],
    ...backupLine(health),
    ...certificateLine(health),
    [
      'Version',
      `${health.version} (${health.commit}), Node ${process.versions.node}, up since ${time(health.startedAt)}`,
    ],
  ]
}

/** Only while it is being fetched. */
const historyLine = ({ history }: HealthAnswer): Line[] =>
  lines(fetchingOf(history), ({ usage, prices, pricesSince }) => [
    'History',
    `usage ${usage}, prices ${prices} fetched${pricesSince ? `, prices back to ${pricesSince}` : ''}; it goes on by itself`,
  ])

/** The demo's facts can be had again at any time; an older server does not tell. */
function backupLine({ demo, lastBackup, now }: HealthAnswer): Line[] {
  if (demo || lastBackup === undefined) return []
  return [
    [
      'Last backup',
      lastBackup
        ? `${clock(lastBackup.at, now)}, ${lastBackup.file}`
        : 'none yet; to make one: npm run backup -- FILE',
    ],
  ]
}

/** Without one, phones have no https: said only where there is one. */
const certificateLine = ({ certificate }: HealthAnswer): Line[] =>
  lines(certificate ?? undefined, ({ expiresAt, renewsItself }) => [
    'Certificate',
    `until ${expiresAt.slice(0, 10)}, ${renewsItself ? 'renews itself 60 days before' : 'made by hand, not renewed'}`,
  ])

function priceText({ prices }: HealthAnswer, time: (iso: string | null) => string): string {
  if (prices.intervalStart === null) return prices.state
  return `${prices.state}, ${time(prices.intervalStart)} to ${time(prices.intervalEnd)}`
}

function machineLines({ units, httpsTimer, databaseBytes, disk }: Machine): Line[] {
  return [
    ...lines(units, ({ dashboard, sync, timer }) => [
      'Units',
      `dashboard ${dashboard}, timer ${timer}, sync ${sync}${httpsTimer ? `, https timer ${httpsTimer}` : ''}`,
    ]),
    ...lines(databaseBytes, (bytes) => ['Database', sizeText(bytes)]),
    ...lines(disk, ({ freeBytes, totalBytes }) => [
      'Disk',
      `${sizeText(freeBytes)} free of ${sizeText(totalBytes)}`,
    ]),
  ]
}

const lines = <T>(value: T | undefined, line: (value: T) => Line): Line[] =>
  value === undefined ? [] : [line(value)]

const problemLines = ({ problems }: HealthAnswer): Line[] =>
  problems.map(({ code, message }): Line => ['Problem', `${code}: ${message}`])

/** "10:05:24" on the day of `now`, else with its date; both as the home's clock shows them. */
function clock(iso: string, now: string): string {
  const [date, time] = [iso.slice(0, 10), iso.slice(11, 19)]
  return date === now.slice(0, 10) ? time : `${date} ${time}`
}

/** "870 MB", "52.4 GB", in powers of ten as card makers count. */
export function sizeText(bytes: number): string {
  const [size, unit] = bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB']
  return `${size < 100 ? size.toFixed(1) : size.toFixed(0)} ${unit}`
}
