// A Pi in a few lines: real HTTP on loopback, the mirror's wire form from rows in memory, and ways to fail.
// It is a proxy too: a browser context that goes through it sees the same pages under any plain http name.
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { nemDate } from '#domain/calendar.ts'
import type { SiteAnswer } from '#domain/contract.ts'
import type { Household } from '#domain/household.ts'
import type { MirrorAnswer, MirrorHistoryAnswer, PiReport } from '#domain/mirror.ts'
import type { PriceInterval } from '#domain/price.ts'
import { priceDaysOf } from '#domain/price-day.ts'
import { mergedRecords, type SettingsRecord } from '#domain/settings/settings-record.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { usageDaysOf } from '#domain/usage-day.ts'

export type Fault = 'server-error' | 'html' | 'other-json' | 'cut' | 'stall' | 'silent'

export interface ServedFile {
  readonly type: string
  readonly body: string
  readonly headers?: Record<string, string>
}

export interface PiOptions {
  /** The Pi's clock. */
  readonly now: () => number
  readonly household: Household
  /** What stands at which path. */
  readonly files: () => Map<string, ServedFile>
  /** Rows a page of a delta. */
  readonly pageRows?: number
  readonly firstDays?: number
  readonly historyDays?: number
}

export interface Asked {
  readonly path: string
  readonly query: Record<string, string>
  readonly isConditional: boolean
  readonly byWorker: boolean
  status: number
  bytes: number
}

interface Kept<Row> {
  readonly row: Row
  readonly revision: number
}

/** What is known of one site. */
interface Facts {
  readonly household: Household
  live: Kept<readonly PriceInterval[]>
  readonly prices: Map<string, Kept<PriceInterval>>
  readonly usage: Map<string, Kept<UsageInterval>>
}

const nothingOf = (household: Household): Facts => ({
  household,
  live: { row: [], revision: 0 },
  prices: new Map(),
  usage: new Map(),
})

export type FakePi = Awaited<ReturnType<typeof createFakePi>>

export async function createFakePi({
  now,
  household,
  files,
  pageRows = 10_000,
  firstDays = 3,
  historyDays = 2,
}: PiOptions) {
  let epoch = 'first'
  let revision = 0
  const own = nothingOf(household)
  /** By site id: what is asked for by its name. */
  const others = new Map<string, Facts>()
  /** Undefined: it does not tell. */
  let sites: readonly SiteAnswer[] | undefined
  const asked: Asked[] = []
  const listeners = new Set<ServerResponse>()
  /** Answers of these kinds of question fail until they are deleted. */
  const faults = new Map<'delta' | 'history' | 'events' | 'settings', Fault>()
  /** So many steps of history are answered, the next one hangs. */
  let historySteps = Number.POSITIVE_INFINITY
  const held = new Map<'delta' | 'history', Promise<void>>()
  const report: { -readonly [Name in keyof PiReport]: PiReport[Name] } = {
    version: '1',
    commit: 'abc',
    atMs: 0,
    demo: household.demo,
    amberAnsweredAtMs: now(),
    amberLostSinceMs: null,
    outcome: 'ok',
  }

  let settings: SettingsRecord = {}
  /** Set: it takes no settings. */
  let refusesSettings = false
  const settingsVersion = () => JSON.stringify(settings)

  const changed = () => {
    for (const listener of listeners) listener.write(`event: changed\ndata: {"revision":${revision}}\n\n`)
  }
  const epochOf = (of: Facts) => (of === own ? epoch : `${epoch}.${of.household.siteId}`)
  /** Undefined: there is no such site. */
  const factsOf = (site: string | undefined) =>
    site === undefined || site === household.siteId ? own : others.get(site)
  const etag = (of: Facts) => {
    const { atMs: _, ...rest } = report
    const tag = JSON.stringify([rest, settings])
    return `W/"${epochOf(of)}-${revision}-${createHash('sha1').update(tag).digest('hex')}"`
  }
  const rowsBetween = <Row>(rows: Map<string, Kept<Row>>, after: number, upTo: number) =>
    [...rows.values()].filter((kept) => kept.revision > after && kept.revision <= upTo).map(({ row }) => row)
  const dates = ({ prices, usage }: Facts) => {
    const all = [...prices.values(), ...usage.values()].map(({ row }) => nemDate(row.startMs))
    return [...new Set(all)].sort().reverse()
  }
  const daysIn = ({ prices, usage }: Facts, wanted: readonly string[]) => ({
    priceDays: priceDaysOf(rowsBetween(prices, 0, revision)).filter(({ date }) => wanted.includes(date)),
    usageDays: usageDaysOf(rowsBetween(usage, 0, revision)).filter(({ date }) => wanted.includes(date)),
  })
  const answer = (of: Facts, upTo: number) => ({
    epoch: epochOf(of),
    revision: upTo,
    more: upTo < revision,
    pi: { ...report, atMs: now() },
    household: of.household,
  })

  function firstAnswer(of: Facts): MirrorAnswer {
    const newest = dates(of).slice(0, firstDays)
    const older = dates(of).slice(firstDays)
    return {
      ...answer(of, revision),
      live: of.live.row,
      ...daysIn(of, newest),
      ...(older.length > 0 && { historyBefore: newest.at(-1) }),
    } as MirrorAnswer
  }

  function delta(of: Facts, since: number): MirrorAnswer {
    const { prices, usage, live } = of
    const revisions = [...prices.values(), ...usage.values(), live]
      .map((kept) => kept.revision)
      .filter((one) => one > since)
      .sort((a, b) => a - b)
    const upTo = revisions[pageRows - 1] ?? revision
    return {
      ...answer(of, upTo),
      live: live.revision > since && live.revision <= upTo ? live.row : null,
      priceDays: priceDaysOf(rowsBetween(prices, since, upTo)),
      usageDays: usageDaysOf(rowsBetween(usage, since, upTo)),
      ...keptFrom(of),
    }
  }

  const keptFrom = (of: Facts) => {
    const oldest = dates(of).at(-1)
    return oldest === undefined ? {} : { keptFrom: oldest }
  }

  function history(of: Facts, before: string): MirrorHistoryAnswer {
    const older = dates(of).filter((date) => date < before)
    const wanted = older.slice(0, historyDays)
    return {
      epoch: epochOf(of),
      ...daysIn(of, wanted),
      before: older.length > historyDays ? wanted.at(-1)! : null,
    }
  }

  function mirrorRoute(request: IncomingMessage, response: ServerResponse, entry: Asked) {
    const { since, before, epoch: ofEpoch, site } = entry.query
    const of = factsOf(site)
    if (!of) return send(response, entry, 400, '{"error":{"code":"unknown-site","message":""}}')
    const fault = faults.get(before ? 'history' : 'delta')
    if (fault) return fail(fault, response, entry)
    if (before && historySteps-- <= 0) return fail('silent', response, entry)
    if (before) return sendHeld('history', response, entry, JSON.stringify(history(of, before)))
    if (request.headers['if-none-match'] === etag(of)) return send(response, entry, 304, '')
    const isDelta = since !== undefined && ofEpoch === epochOf(of)
    const isKnown = entry.query.settings === settingsVersion()
    const body = JSON.stringify({
      ...(isDelta ? delta(of, Number(since)) : firstAnswer(of)),
      ...(!isKnown && { settings: { version: settingsVersion(), record: settings } }),
    })
    return sendHeld('delta', response, entry, body, { etag: etag(of) })
  }

  function sendHeld(
    kind: 'delta' | 'history',
    response: ServerResponse,
    entry: Asked,
    body: string,
    headers: Record<string, string> = {},
  ) {
    const release = held.get(kind)
    if (!release) return send(response, entry, 200, body, headers)
    release.then(() => send(response, entry, 200, body, headers))
  }

  async function settingsRoute(request: IncomingMessage, response: ServerResponse, entry: Asked) {
    const fault = faults.get('settings')
    if (fault) return fail(fault, response, entry)
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    if (refusesSettings) return send(response, entry, 400, '{"error":{"code":"bad-settings","message":""}}')
    settings = mergedRecords(settings, JSON.parse(Buffer.concat(parts).toString()).record)
    send(response, entry, 200, JSON.stringify({ record: settings }))
  }

  function eventsRoute(response: ServerResponse, entry: Asked) {
    const fault = faults.get('events')
    if (fault) return fail(fault, response, entry)
    entry.status = 200
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(`event: changed\ndata: {"revision":${revision}}\n\n`)
    listeners.add(response)
    response.on('close', () => listeners.delete(response))
  }

  const serve = () =>
    createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://pi')
      const entry: Asked = {
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        isConditional: request.headers['if-none-match'] !== undefined,
        byWorker: request.headers.referer?.endsWith('/service-worker.js') === true,
        status: 0,
        bytes: 0,
      }
      asked.push(entry)
      // A page that may store nothing has no origin of its own: to the browser it asks another site.
      if (request.headers.origin === 'null') {
        response.setHeader('access-control-allow-origin', '*')
        response.setHeader('access-control-allow-headers', '*')
        response.setHeader('access-control-expose-headers', '*')
      }
      if (request.method === 'OPTIONS') return void response.writeHead(204).end()
      if (url.pathname === '/api/mirror') return mirrorRoute(request, response, entry)
      if (url.pathname === '/api/settings') return void settingsRoute(request, response, entry)
      if (url.pathname === '/api/sites' && sites) return send(response, entry, 200, JSON.stringify(sites))
      if (url.pathname === '/api/events') return eventsRoute(response, entry)
      const file = files().get(url.pathname === '/' ? '/index.html' : url.pathname)
      return file
        ? send(response, entry, 200, file.body, { ...file.headers, 'content-type': file.type })
        : send(response, entry, 404, '{}')
    })

  const listen = (port: number) =>
    new Promise<ReturnType<typeof serve>>((resolve) => {
      const fresh = serve()
      fresh.listen(port, '127.0.0.1', () => resolve(fresh))
    })
  let server = await listen(0)
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    asked,
    faults,
    report,
    /** Of /api/mirror, oldest first. */
    mirrorAsked: () => asked.filter(({ path }) => path === '/api/mirror'),
    savePrices(rows: readonly PriceInterval[]) {
      for (const row of rows)
        own.prices.set(`${row.channel} ${row.startMs} ${row.endMs}`, { row, revision: ++revision })
      changed()
    },
    saveUsage(rows: readonly UsageInterval[]) {
      for (const row of rows)
        own.usage.set(`${row.channel} ${row.identifier} ${row.startMs}`, { row, revision: ++revision })
      changed()
    },
    saveLive(rows: readonly PriceInterval[]) {
      own.live = { row: rows, revision: ++revision }
      changed()
    },
    /** What is older is kept no longer; that is no change of a row. */
    dropBefore(date: string) {
      for (const rows of [own.prices, own.usage])
        for (const [key, { row }] of rows) if (nemDate(row.startMs) < date) rows.delete(key)
    },
    /** Another site of the account, with these running rows. */
    saveOther(of: Household, rows: readonly PriceInterval[]) {
      const facts = others.get(of.siteId) ?? nothingOf(of)
      facts.live = { row: rows, revision: ++revision }
      others.set(of.siteId, facts)
      changed()
    },
    /** The account does not have it any more. */
    loseOther: (siteId: string) => others.delete(siteId),
    tellSites(told: readonly SiteAnswer[]) {
      sites = told
    },
    /** What is asked from now on is answered with what is true then, but not before the result is called. */
    hold(kind: 'delta' | 'history'): () => void {
      const { promise, resolve } = Promise.withResolvers<void>()
      held.set(kind, promise)
      return resolve
    },
    /** What is asked from now on is answered at once. */
    holdNoMore: (kind: 'delta' | 'history') => held.delete(kind),
    hangAfterHistorySteps(steps: number) {
      historySteps = steps
    },
    settings: () => settings,
    /** As another device writes. */
    writeSettings(record: SettingsRecord) {
      settings = mergedRecords(settings, record)
      changed()
    },
    refuseSettings() {
      refusesSettings = true
    },
    /** Another database: every row gone, counted from the beginning. */
    beginEpoch(name: string) {
      epoch = name
      revision = 0
      for (const rows of [own.prices, own.usage]) rows.clear()
      own.live = { row: [], revision: 0 }
    },
    /** The same database as it was long ago: the count goes back. */
    rewind() {
      revision = 1
    },
    /** Nobody at the port any more. */
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
    async start() {
      server = await listen(port)
    },
  }
}

function send(
  response: ServerResponse,
  entry: Asked,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  entry.status = status
  entry.bytes = Buffer.byteLength(body)
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers })
  response.end(status === 304 ? undefined : body)
}

function fail(fault: Fault, response: ServerResponse, entry: Asked): void {
  const html = '<!doctype html><title>Sign in to this network</title>'
  if (fault === 'server-error') send(response, entry, 500, html, { 'content-type': 'text/html' })
  if (fault === 'html') send(response, entry, 200, html, { 'content-type': 'text/html' })
  if (fault === 'other-json') send(response, entry, 200, '{"hello":"world"}')
  if (fault === 'cut' || fault === 'stall') {
    entry.status = 200
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    response.write('{"epoch":"first","revision":9', () => fault === 'cut' && response.destroy())
  }
  // 'silent': the question is taken and never answered.
}
