// One call to Amber at a time, each with one total timeout and a bounded answer. Never retries: sync decides that.
import { type FetchResponse, ofetch } from 'ofetch'
import type { NemDate } from '#domain/calendar.ts'
import type { PriceInterval } from '#domain/price.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { AmberError } from './amber-error.ts'
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
  const ask = async <Row>(path: string, read: (rows: readonly unknown[], atMs: number) => Parsed<Row>) => {
    const { rows, answeredAtMs, quota } = await rowsOf(options, path)
    return { ...read(rows, answeredAtMs), answeredAtMs, quota }
  }
  const site = (siteId: string) => `/sites/${encodeURIComponent(siteId)}`
  return {
    sites: () => ask('/sites', parseSites),
    currentPrices: (siteId, { previous, next }) =>
      ask(`${site(siteId)}/prices/current?next=${next}&previous=${previous}`, parsePrices),
    prices: (siteId, from, to) => ask(`${site(siteId)}/prices?startDate=${from}&endDate=${to}`, parsePrices),
    usage: (siteId, from, to) =>
      ask(`${site(siteId)}/usage?startDate=${from}&endDate=${to}`, (rows) => parseUsage(rows)),
  }
}

async function rowsOf(options: AmberClientOptions, path: string) {
  const { response, body } = await get(options, path)
  const answeredAtMs = dateOf(response.headers) ?? options.now()
  const quota = quotaOf(response.headers, answeredAtMs)
  options.trace?.(`GET ${path} ${response.status} ${body.length} bytes`)
  if (response.status !== 200) throw troubleOf(response.status, path, quota)
  return { rows: arrayOf(body, path), answeredAtMs, quota }
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

function arrayOf(body: string, path: string): readonly unknown[] {
  try {
    const rows: unknown = JSON.parse(body)
    if (Array.isArray(rows)) return rows
  } catch (cause) {
    throw new AmberError('bad-answer', `Amber's answer to ${path} is not JSON`, { status: 200, cause })
  }
  throw new AmberError('bad-answer', `Amber's answer to ${path} is not a list`, { status: 200 })
}

function troubleOf(status: number, path: string, quota: Quota | undefined): AmberError {
  if (status === 401 || status === 403)
    return new AmberError('unauthorised', `Amber refused the token (${status})`, { status })
  if (status === 429)
    return new AmberError('rate-limited', 'Amber says too many requests (429)', {
      status,
      retryAtMs: quota?.resetsAtMs,
    })
  return new AmberError('amber-error', `Amber answered ${status} to ${path}`, { status })
}

function dateOf(headers: Headers): number | undefined {
  const ms = Date.parse(headers.get('date') ?? '')
  return Number.isFinite(ms) ? ms : undefined
}

/** The innermost cause says what happened: ENOTFOUND, ECONNREFUSED, certificate trouble, the timeout. */
function reasonOf(error: unknown): string {
  let inner = error
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause
  if (!(inner instanceof Error)) return String(inner)
  if (inner.name === 'TimeoutError') return 'no whole answer in time'
  return 'code' in inner && typeof inner.code === 'string' ? `${inner.code}` : inner.message
}
