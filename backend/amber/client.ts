// One call to Amber at a time, each with one total timeout and a bounded answer. Never retries: sync decides that.
import { type FetchResponse, ofetch } from 'ofetch'
import type { NemDate } from '#domain/calendar.ts'
import type { PriceInterval } from '#domain/price.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { AmberError } from './amber-error.ts'
import { clockOffset } from './clock-offset.ts'
import { type Parsed, parsePrices, parseSites, parseUsage } from './parse.ts'
import { type Quota, quotaOf } from './quota.ts'
import type { AmberSite } from './site.ts'

export const AMBER_URL = 'https://api.amber.com.au/v1'
const TIMEOUT_MS = 12_000
/** A week of 5-minute rows on three channels is 3 MB; more is not an answer to what we ask. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024

export interface Answer<Row> extends Parsed<Row> {
  /** By Amber's clock (its `Date` header), else by ours. */
  readonly answeredAtMs: number
  /** By how much our clock is behind Amber's, 0 where it is right; undefined: the answer did not tell the time. */
  readonly clockOffMs: number | undefined
  readonly quota: Quota | undefined
}

export interface AmberClient {
  sites(): Promise<Answer<AmberSite>>
  /** The running interval, `previous` settled ones before it and `next` forecasts after it, of each channel. */
  currentPrices(siteId: string, span: { previous: number; next: number }): Promise<Answer<PriceInterval>>
  /** Whole NEM days, both dates included, at most 7 days apart. */
  prices(siteId: string, from: NemDate, to: NemDate): Promise<Answer<PriceInterval>>
  usage(siteId: string, from: NemDate, to: NemDate): Promise<Answer<UsageInterval>>
}

export interface AmberClientOptions {
  readonly baseUrl: string
  readonly token: string
  readonly now: () => number
  readonly timeoutMs?: number
  /** Told of each request and its answer's size; never of a secret. */
  readonly trace?: (line: string) => void
}

export function createAmberClient(options: AmberClientOptions): AmberClient {
  const ask = async <Row>(path: string, read: (rows: readonly unknown[], told: Told) => Parsed<Row>) => {
    const { rows, ...told } = await rowsOf(options, path)
    return { ...read(rows, told), ...told }
  }
  const pricesAt = (rows: readonly unknown[], told: Told) =>
    parsePrices(rows, told.answeredAtMs, timeTold(told))
  const usageAt = (rows: readonly unknown[], told: Told) => parseUsage(rows, timeTold(told))
  const site = (siteId: string) => `/sites/${encodeURIComponent(siteId)}`
  return {
    sites: () => ask('/sites', parseSites),
    currentPrices: (siteId, { previous, next }) =>
      ask(`${site(siteId)}/prices/current?next=${next}&previous=${previous}`, pricesAt),
    prices: (siteId, from, to) => ask(`${site(siteId)}/prices?startDate=${from}&endDate=${to}`, pricesAt),
    usage: (siteId, from, to) => ask(`${site(siteId)}/usage?startDate=${from}&endDate=${to}`, usageAt),
  }
}

type Told = Pick<Answer<unknown>, 'answeredAtMs' | 'clockOffMs' | 'quota'>

/** Our own clock may be days behind: by it the truest row would be one of the future. */
const timeTold = ({ answeredAtMs, clockOffMs }: Told): number =>
  clockOffMs === undefined ? Number.POSITIVE_INFINITY : answeredAtMs

async function rowsOf(
  options: AmberClientOptions,
  path: string,
): Promise<Told & { rows: readonly unknown[] }> {
  const sentMs = options.now()
  const { response, body } = await get(options, path)
  const receivedMs = options.now()
  const dateMs = dateOf(response.headers)
  const answeredAtMs = dateMs ?? receivedMs
  const quota = quotaOf(response.headers, answeredAtMs)
  const clockOffMs = dateMs === undefined ? undefined : clockOffset(dateMs, sentMs, receivedMs)
  options.trace?.(`GET ${path} ${response.status} ${body.length} bytes`)
  const told = { answeredAtMs, clockOffMs, quota }
  if (response.status !== 200) throw troubleOf(response.status, path, told)
  return { rows: arrayOf(body, path, told), ...told }
}

/** The timeout spans connection, headers and body: a server that trickles is as bad as one that is silent. */
async function get({ baseUrl, token, timeoutMs = TIMEOUT_MS }: AmberClientOptions, path: string) {
  try {
    const response = await ofetch.raw(`${baseUrl}${path}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
      responseType: 'stream',
      ignoreResponseError: true,
      retry: 0,
    })
    return { response, body: await textOf(response) }
  } catch (cause) {
    if (cause instanceof AmberError) throw cause
    throw new AmberError('unreachable', `Amber could not be reached: ${reasonOf(cause)}`, { cause })
  }
}

async function textOf(response: FetchResponse<ReadableStream<Uint8Array>>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response._data ?? []) {
    bytes += chunk.byteLength
    if (bytes > MAX_ANSWER_BYTES) throw new AmberError('bad-answer', 'Amber answered with too much to read')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function arrayOf(body: string, path: string, told: Told): readonly unknown[] {
  try {
    const rows: unknown = JSON.parse(body)
    if (Array.isArray(rows)) return rows
  } catch (cause) {
    throw new AmberError('bad-answer', `Amber's answer to ${path} is not JSON`, {
      status: 200,
      ...told,
      cause,
    })
  }
  throw new AmberError('bad-answer', `Amber's answer to ${path} is not a list`, { status: 200, ...told })
}

function troubleOf(status: number, path: string, told: Told): AmberError {
  if (status === 401 || status === 403)
    return new AmberError('unauthorised', `Amber refused the token (${status})`, { status, ...told })
  if (status === 429)
    return new AmberError('rate-limited', 'Amber says too many requests (429)', { status, ...told })
  return new AmberError('amber-error', `Amber answered ${status} to ${path}`, { status, ...told })
}

function dateOf(headers: Headers): number | undefined {
  const ms = Date.parse(headers.get('date') ?? '')
  return Number.isFinite(ms) ? ms : undefined
}

/** What a wrong clock makes of a good certificate. */
const CLOCK_TROUBLE = /^CERT_(NOT_YET_VALID|HAS_EXPIRED)$/

/** The innermost cause says what happened: ENOTFOUND, ECONNREFUSED, certificate trouble, the timeout. */
function reasonOf(error: unknown): string {
  let inner = error
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause
  if (!(inner instanceof Error)) return String(inner)
  if (inner.name === 'TimeoutError') return 'no whole answer in time'
  const code = 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.message
  return CLOCK_TROUBLE.test(code) ? `${code}; is this machine's clock right?` : code
}
