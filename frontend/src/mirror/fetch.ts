// Asks the server. Everything that can go wrong on the way comes out as one typed error.
import { ofetch } from 'ofetch'
import type { SettingsAnswer } from '#domain/contract.ts'
import { SECOND_MS } from '#domain/interval.ts'
import type { MirrorAnswer, MirrorHistoryAnswer } from '#domain/mirror.ts'
import { readRecord, type SettingsRecord } from '#domain/settings/settings-record.ts'
import { parseHistoryAnswer, parseMirrorAnswer } from './answer.ts'
import type { Cursor } from './copy.ts'

/** Short, so that a Pi that swallows requests while it starts is asked again soon after it is up. */
const DELTA_WITHIN_MS = 8 * SECOND_MS
const HISTORY_WITHIN_MS = 30 * SECOND_MS
const SETTINGS_WITHIN_MS = 8 * SECOND_MS

export type MirrorTroubleKind =
  /** Nobody there, or the answer broke off. */
  | 'unreachable'
  /** A status that is no answer: 500, 404, … */
  | 'server-error'
  /** Something else than what was asked for: a captive portal's page, another program's JSON. */
  | 'bad-answer'

export class MirrorTrouble extends Error {
  override readonly name = 'MirrorTrouble'
  readonly kind: MirrorTroubleKind
  readonly status: number | undefined

  constructor(kind: MirrorTroubleKind, { status, cause }: { status?: number; cause?: unknown } = {}) {
    super(`the Pi gave no usable answer: ${kind}${status ? ` (${status})` : ''}`, { cause })
    this.kind = kind
    this.status = status
  }
}

export interface DeltaReply {
  /** Absent: nothing has changed (304). */
  readonly answer?: MirrorAnswer
  readonly etag?: string
}

export interface MirrorSource {
  /** What has changed since; without a cursor, the beginning of a new copy. The household's settings come by their version. */
  delta(cursor: Cursor | undefined, settingsVersion?: string): Promise<DeltaReply>
  /** Whole days older than this NEM date. */
  history(before: string): Promise<MirrorHistoryAnswer>
  /** What stands after the Pi has taken these in. */
  writeSettings(record: SettingsRecord): Promise<SettingsRecord>
}

const URL_OF_MIRROR = '/api/mirror'

/** As a question names another site than the household's own. */
export const siteQuery = (site: string | undefined): { site?: string } => (site === undefined ? {} : { site })

export function createMirrorSource(site?: string): MirrorSource {
  return {
    async delta(cursor, settingsVersion) {
      const headers = cursor?.etag ? { 'if-none-match': cursor.etag } : {}
      const query = {
        ...siteQuery(site),
        ...(cursor && { since: cursor.revision, epoch: cursor.epoch }),
        ...(settingsVersion && { settings: settingsVersion }),
      }
      const { status, etag, text } = await ask(URL_OF_MIRROR, query, DELTA_WITHIN_MS, { headers })
      if (status === 304) return {}
      return { answer: understood(parseMirrorAnswer, text), ...(etag && { etag }) }
    },
    async history(before) {
      const { text } = await ask(URL_OF_MIRROR, { ...siteQuery(site), before }, HISTORY_WITHIN_MS)
      const answer = understood(parseHistoryAnswer, text)
      if (answer.before !== null && answer.before >= before) throw new MirrorTrouble('bad-answer')
      return answer
    },
    async writeSettings(record) {
      const { text } = await ask('/api/settings', {}, SETTINGS_WITHIN_MS, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ record } satisfies SettingsAnswer),
      })
      return understood((raw) => readRecord((raw as Partial<SettingsAnswer> | null)?.record), text)
    },
  }
}

export interface Reply {
  readonly status: number
  readonly etag: string | null
  readonly text: string
}

/** The answer as text, whatever it says; throws MirrorTrouble. */
export async function ask(
  url: string,
  query: Record<string, string | number>,
  withinMs: number,
  { headers, ...request }: RequestInit = {},
): Promise<Reply> {
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  const reply = await ofetch
    .raw<string, 'text'>(search.size > 0 ? `${url}?${search}` : url, {
      ...request,
      headers: { accept: 'application/json', ...headers },
      // IndexedDB is the only copy: the browser's own cache must neither answer nor keep.
      cache: 'no-store',
      redirect: 'error',
      // Ends a stalled body too, which ofetch's own timeout does not.
      signal: AbortSignal.timeout(withinMs),
      responseType: 'text',
      ignoreResponseError: true,
      // When to ask again is for the wake-ups to say.
      retry: 0,
    })
    .catch((cause) => {
      throw new MirrorTrouble('unreachable', { cause })
    })
  if (reply.status >= 400) throw new MirrorTrouble('server-error', { status: reply.status })
  return { status: reply.status, etag: reply.headers.get('etag'), text: reply._data ?? '' }
}

/** Throws MirrorTrouble where it is something else than what was asked for. */
export function understood<Answer>(parse: (raw: unknown) => Answer | undefined, text: string): Answer {
  const answer = parse(parseJson(text))
  if (!answer) throw new MirrorTrouble('bad-answer')
  return answer
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new MirrorTrouble('bad-answer', { cause })
  }
}
