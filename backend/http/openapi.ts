// GET /api/openapi.json: all of the routes as OpenAPI 3.1, for programs of the house that want to ask. A test holds it
// against the real answers.
import type { Context } from 'hono'
import { SYNC_OUTCOMES } from '#domain/household.ts'
import { CHANNELS, DESCRIPTORS, PRICE_KINDS, SPIKE_STATUSES } from '#domain/price.ts'
import { QUALITIES } from '#domain/usage.ts'
import type { AppDeps } from './app.ts'

export const openapiRoute = ({ version }: AppDeps, c: Context): Response => c.json(openapi(version))

type Schema = Record<string, unknown>

const text: Schema = { type: 'string' }
const number: Schema = { type: 'number' }
const count: Schema = { type: 'integer', minimum: 0 }
const flag: Schema = { type: 'boolean' }
const instant: Schema = { type: 'string', format: 'date-time' }
const date: Schema = { type: 'string', format: 'date' }
const one = (words: readonly string[]): Schema => ({ type: 'string', enum: words })
const listOf = (items: Schema): Schema => ({ type: 'array', items })
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })

/** Everything is required but what stands in `optional`; fields may be added in later versions. */
const object = (required: Record<string, Schema>, optional: Record<string, Schema> = {}): Schema => ({
  type: 'object',
  properties: { ...required, ...optional },
  required: Object.keys(required),
})

const band = object({ low: number, predicted: number, high: number })
const tariff = object({}, { period: text, season: text, block: number, demandWindow: flag })
const channel = one(CHANNELS)
const nowState = one(['confirmed', 'estimate', 'forecast', 'unknown'])

const nowPrice = object(
  { state: nowState },
  {
    startAt: instant,
    endAt: instant,
    centsPerKwh: number,
    spotCentsPerKwh: number,
    forecastMadeAt: instant,
    descriptor: one(DESCRIPTORS),
    spikeStatus: one(SPIKE_STATUSES),
    advanced: band,
  },
)

const price = object(
  {
    channel,
    startAt: instant,
    endAt: instant,
    durationMinutes: number,
    centsPerKwh: number,
    kind: one(PRICE_KINDS),
    estimate: flag,
  },
  {
    spotCentsPerKwh: number,
    descriptor: one(DESCRIPTORS),
    spikeStatus: one(SPIKE_STATUSES),
    renewablesPercent: number,
    tariff,
    advanced: band,
    range: object({ min: number, max: number }),
    forecastMadeAt: instant,
  },
)

const usage = object({
  channel,
  identifier: text,
  startAt: instant,
  endAt: instant,
  kwh: { type: 'number', minimum: 0 },
  costCents: number,
  centsPerKwh: number,
  quality: one(QUALITIES),
})

const reading = object(
  { kwh: { type: 'number', minimum: 0 }, costCents: number, centsPerKwh: number, quality: one(QUALITIES) },
  { tariff },
)

const usageRevision = object({
  channel,
  identifier: text,
  startAt: instant,
  endAt: instant,
  changedAt: instant,
  was: reading,
  became: orNull(reading),
})

const usageDay = object({
  kwh: number,
  costCents: number,
  intervals: count,
  expectedIntervals: count,
  estimatedIntervals: count,
})

const perChannel = (schema: Schema): Schema =>
  object({}, Object.fromEntries(CHANNELS.map((name) => [name, schema])))

const history = object({
  backToDate: orNull(date),
  firstDate: orNull(date),
  complete: flag,
  weeksFetched: count,
  weeks: count,
})

const sync = object({
  startedAt: instant,
  finishedAt: orNull(instant),
  outcome: one(SYNC_OUTCOMES),
  message: orNull(text),
  amberRequests: count,
  quotaRemaining: orNull(count),
})

const health = object({
  status: one(['ok', 'stale', 'unknown']),
  source: one(['live', 'cache']),
  cacheAgeSeconds: orNull(count),
  demo: flag,
  version: text,
  commit: text,
  now: instant,
  startedAt: instant,
  prices: object({
    intervalStart: orNull(instant),
    intervalEnd: orNull(instant),
    state: nowState,
    ageSeconds: orNull(count),
    forecastUntil: orNull(instant),
  }),
  usage: object(
    { completeThroughDate: orNull(date), estimatedDays: count, missingDays: count },
    { silentRegisters: listOf(object({ identifier: text, channel, lastDate: orNull(date) })) },
  ),
  lastSync: orNull(sync),
  recentSyncs: listOf(sync),
  quarantinedRows: count,
  history: orNull(object({ prices: history, usage: history })),
  clockOffSeconds: orNull({ type: 'integer' }),
  siteChanges: listOf(
    object({
      at: instant,
      what: one(['interval', 'register', 'tariff']),
      identifier: orNull(text),
      was: orNull(text),
      is: text,
    }),
  ),
  rebuilt: orNull(object({ at: instant, why: text, file: orNull(text), usageRows: count })),
  storage: orNull(object({ bytes: count, freeBytes: orNull(count) })),
  lastBackup: orNull(object({ at: instant, file: text })),
  certificate: orNull(object({ expiresAt: instant, rootExpiresAt: instant, renewsItself: flag })),
  problems: listOf(object({ code: text, message: text })),
})

const site = object({
  siteId: text,
  network: text,
  status: text,
  intervalMinutes: count,
  timeZone: text,
  channels: listOf(object({ identifier: text, channel, tariff: text })),
  activeFrom: orNull(date),
  closedOn: orNull(date),
  isDefault: flag,
  isPinned: flag,
})

const writtenSetting = object({ value: {}, revision: count, writer: text }, { atMs: number })

const SCHEMAS: Record<string, Schema> = {
  Error: object({ error: object({ code: text, message: text }) }),
  Health: health,
  Sites: listOf(site),
  Now: object({
    site: orNull(text),
    at: instant,
    channels: perChannel(nowPrice),
    renewablesPercent: orNull(number),
    demandWindow: orNull(flag),
  }),
  Prices: object({ intervals: listOf(price) }),
  Usage: object({ intervals: listOf(usage) }),
  UsageRevisions: object({ revisions: listOf(usageRevision) }),
  Kiosk: object({ heartbeatAgeSeconds: orNull(count), silent: flag }),
  Setup: object({ setupUrl: text, hasHttps: flag, isWanted: flag }),
  Session: object({ loginNeeded: flag }),
  ForecastTally: object({
    fromDate: date,
    toDate: date,
    tally: orNull(
      object({
        cells: { type: 'object', additionalProperties: listOf(number) },
        bins: listOf(listOf(number)),
        days: listOf(count),
      }),
    ),
  }),
  Settings: object({ record: { type: 'object', additionalProperties: writtenSetting } }),
  UsageDays: object({ days: listOf(object({ localDate: date, channels: perChannel(usageDay) })) }),
}

interface Parameter {
  readonly name: string
  readonly schema: Schema
  readonly description: string
}

const SITE: Parameter = { name: 'site', schema: text, description: 'Default: the household’s site.' }
const SPAN: readonly Parameter[] = [
  { name: 'from', schema: text, description: 'A time with its offset, or a local date. Default: today.' },
  { name: 'to', schema: text, description: 'Later than from, by at most 400 days. Default: a day after it.' },
  { name: 'channel', schema: channel, description: 'Default: all of them.' },
  SITE,
]
const DATES: readonly Parameter[] = [
  { name: 'fromDate', schema: date, description: 'Local day. Default: 30 days before toDate.' },
  { name: 'toDate', schema: date, description: 'Included. Default: yesterday.' },
  SITE,
]
const STRICT: Parameter = { name: 'strict', schema: one(['1']), description: '503 unless the status is ok.' }
const STRICT_KIOSK: Parameter = {
  name: 'strict',
  schema: one(['1']),
  description: '503 when it has been silent for more than three minutes.',
}
const MIRROR: readonly Parameter[] = [
  SITE,
  { name: 'since', schema: count, description: 'Revision that the copy is at.' },
  { name: 'epoch', schema: text, description: 'Name of the database that it is a copy of.' },
  { name: 'settings', schema: text, description: 'Version of the settings that it has.' },
  { name: 'before', schema: date, description: 'Instead: older whole NEM days, the newest first.' },
]

const json = (schema: Schema) => ({ 'application/json': { schema } })
const csv = { 'text/csv': { schema: text } }

const get = (summary: string, content: Schema, parameters: readonly Parameter[] = []) => ({
  get: {
    summary,
    parameters: parameters.map((parameter) => ({ ...parameter, in: 'query', required: false })),
    responses: answers(summary, content),
  },
})

const answers = (description: string, content: Schema) => ({
  200: { description, content },
  default: { description: 'What is wrong, and what is accepted.', content: json(ref('Error')) },
})

export function openapi(version: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Home Energy Analysis',
      version,
      description:
        'Prices are cents per kWh including GST, as the household pays them: a feed-in price below zero earns.',
    },
    paths: {
      '/api/health': get('How the appliance is', json(ref('Health')), [STRICT, SITE]),
      '/api/sites': get('The account’s sites', json(ref('Sites'))),
      '/api/now': get('What power costs now', json(ref('Now')), [SITE]),
      '/api/prices': get('The best fact known of each stretch of time', json(ref('Prices')), SPAN),
      '/api/usage': get('Metered energy by interval', json(ref('Usage')), SPAN),
      '/api/usage/days': get('Metered energy by local day', json(ref('UsageDays')), DATES),
      '/api/usage/revisions': get('What Amber has corrected of usage', json(ref('UsageRevisions')), SPAN),
      '/api/forecasts/tally': get(
        'Forecasts of the last 60 days against what came, by lead time and hour (backend/domain/forecast/tally.ts)',
        json(ref('ForecastTally')),
        [SITE],
      ),
      '/api/settings': {
        ...get('What the household decided, setting by setting', json(ref('Settings'))),
        put: {
          summary: 'Merges: of each setting the last write stands',
          requestBody: { required: true, content: json(ref('Settings')) },
          responses: answers('What there is now', json(ref('Settings'))),
        },
      },
      '/api/export/prices.csv': get('Prices as rows', csv, SPAN),
      '/api/export/usage.csv': get('Usage as rows', csv, SPAN),
      '/api/mirror': get(
        'What a device’s copy lacks; its form is the app’s own',
        json({ type: 'object' }),
        MIRROR,
      ),
      '/api/events': get('Server-sent events: changed, with the new revision', {
        'text/event-stream': { schema: text },
      }),
      '/api/kiosk': get('When the kitchen page last said that it is drawn', json(ref('Kiosk')), [
        STRICT_KIOSK,
      ]),
      '/api/setup': get('How a phone gets the app', json(ref('Setup'))),
      '/api/session': get('Whether this device has to log in first', json(ref('Session'))),
      '/api/openapi.json': get('This', json({ type: 'object' })),
    },
    components: { schemas: SCHEMAS },
  }
}
