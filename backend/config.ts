// The only reader of the environment; checks all of it at once and says all that is wrong.
import { join } from 'node:path'
import { DEFAULT_TIME_ZONE, isTimeZone } from '#domain/calendar.ts'
import { AMBER_URL } from './amber/client.ts'
import { RENEWED_FOLDER } from './http/tls-files.ts'

export interface Config {
  /** Undefined: the demo household. Only the sync process is given it. */
  readonly amberToken: string | undefined
  readonly amberSiteId: string | undefined
  readonly amberApiUrl: string
  readonly port: number
  readonly host: string
  readonly sqlitePath: string
  /** 0: for ever. */
  readonly retentionDays: number
  /** Undefined: the zone of the site's network. */
  readonly timeZone: string | undefined
  readonly debug: boolean
  readonly allowedHosts: readonly string[]
  readonly httpsPort: number
  /** Where pi/https.sh keeps its certificate; without one there is no https. */
  readonly tlsFolder: string
  /** Undefined: whoever is on the home's network may read. */
  readonly householdPassword: string | undefined
}

export const SETTINGS = [
  'AMBER_TOKEN',
  'AMBER_SITE_ID',
  'AMBER_API_URL',
  'PORT',
  'HOST',
  'SQLITE_PATH',
  'RETENTION_DAYS',
  'TIME_ZONE',
  'DEBUG',
  'ALLOWED_HOSTS',
  'HTTPS_PORT',
  'TLS_FOLDER',
  'HOUSEHOLD_PASSWORD',
] as const
type Setting = (typeof SETTINGS)[number]

const SHORTEST_PASSWORD = 8
const LONGEST_PASSWORD = 200

export interface ConfigReading {
  /** Absent when there is a problem. */
  readonly config?: Config
  /** One line a wrong value: the name, what is wrong, an example. Never the value of a secret. */
  readonly problems: readonly string[]
  /** Names that look like a setting misspelt. */
  readonly warnings: readonly string[]
}

type Environment = Readonly<Record<string, string | undefined>>

export function readConfig(env: Environment, root: string): ConfigReading {
  const problems: string[] = []
  const value = (name: Setting) => (env[name]?.trim() ? env[name]?.trim() : undefined)
  const checked = (name: Setting, isGood: (text: string) => boolean, complaint: string) => {
    const text = value(name)
    if (text === undefined || isGood(text)) return text
    problems.push(`${name}: ${complaint}`)
    return undefined
  }
  const wholeNumber = (name: Setting, least: number, most: number, complaint: string) => {
    const text = checked(
      name,
      (given) => /^\d{1,6}$/.test(given) && +given >= least && +given <= most,
      complaint,
    )
    return text === undefined ? undefined : Number(text)
  }
  const config: Config = {
    amberToken: checked(
      'AMBER_TOKEN',
      (text) => /^[\x21-\x7e]+$/.test(text),
      'has a space or an odd character in it. Example: psk_0123456789abcdef',
    ),
    amberSiteId: checked(
      'AMBER_SITE_ID',
      (text) => /^[0-9A-Za-z]{1,64}$/.test(text),
      'is not a site id. Example: 01J23BAP2SFA218BMV8A73Y9Z9',
    ),
    amberApiUrl: (
      checked('AMBER_API_URL', isHttpUrl, `is not a URL. Example: ${AMBER_URL}`) ?? AMBER_URL
    ).replace(/\/+$/, ''),
    port: wholeNumber('PORT', 0, 65_535, 'is not a port number. Example: 5050') ?? 5050,
    host:
      checked(
        'HOST',
        (text) => /^[\w.:-]+$/.test(text),
        'is not an address to listen on. Example: 127.0.0.1',
      ) ?? '0.0.0.0',
    sqlitePath: value('SQLITE_PATH') ?? defaultSqlitePath(env, root),
    retentionDays:
      wholeNumber('RETENTION_DAYS', 0, 100_000, 'is not a number of days. Example: 0 (keep for ever)') ?? 0,
    timeZone: checked(
      'TIME_ZONE',
      isTimeZone,
      `is not the name of a time zone. Example: ${DEFAULT_TIME_ZONE}`,
    ),
    debug: checked('DEBUG', (text) => text === '0' || text === '1', 'is neither 0 nor 1. Example: 1') === '1',
    allowedHosts: (
      checked(
        'ALLOWED_HOSTS',
        (text) => names(text).every(isHostName),
        'is not a list of host names. Example: kitchen.lan,energy.example.org',
      ) ?? ''
    )
      .split(/[\s,]+/)
      .filter(Boolean),
    httpsPort: wholeNumber('HTTPS_PORT', 0, 65_535, 'is not a port number. Example: 5443') ?? 5443,
    tlsFolder: value('TLS_FOLDER') ?? RENEWED_FOLDER,
    householdPassword: checked(
      'HOUSEHOLD_PASSWORD',
      (text) => text.length >= SHORTEST_PASSWORD && text.length <= LONGEST_PASSWORD,
      `is shorter than ${SHORTEST_PASSWORD} characters or longer than ${LONGEST_PASSWORD}. Example: four plain words`,
    ),
  }
  return { ...(problems.length === 0 && { config }), problems, warnings: misspelt(env) }
}

const names = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean)
const isHostName = (text: string): boolean => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text)

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

/** systemd names the folder it keeps for the service. */
function defaultSqlitePath(env: Environment, root: string): string {
  return join(env.STATE_DIRECTORY ?? join(root, 'var'), 'cache.sqlite')
}

function misspelt(env: Environment): string[] {
  return Object.keys(env)
    .filter((name) => !SETTINGS.some((known) => known === name))
    .flatMap((name) => {
      const meant = SETTINGS.find((known) => isNear(name.toUpperCase().replace(/^HOME_?ENERGY_/, ''), known))
      if (meant) return [`${name} is not a setting; did you mean ${meant}?`]
      return /^(AMBER|HOME_?ENERGY)_/i.test(name)
        ? [`${name} is not a setting; see the README for those there are.`]
        : []
    })
}

/** The same but for underscores, or for one or two letters in a long name. */
function isNear(name: string, known: string): boolean {
  if (name.replaceAll('_', '') === known.replaceAll('_', '')) return true
  return known.length >= 8 && Math.abs(name.length - known.length) <= 2 && editDistance(name, known) <= 2
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length]!
}
