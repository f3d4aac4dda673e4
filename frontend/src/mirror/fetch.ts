// Asks the server. Everything that can go wrong on the way comes out as one typed error.
import { FetchError, ofetch } from 'ofetch'
import { SECOND_MS } from '#domain/interval.ts'
import type { MirrorAnswer, MirrorHistoryAnswer } from '#domain/mirror.ts'
import { parseHistoryAnswer, parseMirrorAnswer } from './answer.ts'
import type { Cursor } from './copy.ts'

/** Short, so that a Pi that swallows requests while it starts is asked again soon after it is up. */
const DELTA_WITHIN_MS = 8 * SECOND_MS
const HISTORY_WITHIN_MS = 30 * SECOND_MS

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
  /** What has changed since; without a cursor, the beginning of a new copy. */
  delta(cursor: Cursor | undefined): Promise<DeltaReply>
  /** Whole days older than this NEM date. */
  history(before: string): Promise<MirrorHistoryAnswer>
}

export function createMirrorSource(url = '/api/mirror'): MirrorSource {
  return {
    async delta(cursor) {
      const headers = cursor?.etag ? { 'if-none-match': cursor.etag } : {}
      const query = cursor ? { since: cursor.revision, epoch: cursor.epoch } : {}
      const response = await ask(url, query, DELTA_WITHIN_MS, headers)
      if (response.status === 304) return {}
      const etag = response.headers.get('etag')
      return { answer: understood(parseMirrorAnswer, response._data), ...(etag && { etag }) }
    },
    async history(before) {
      const response = await ask(url, { before }, HISTORY_WITHIN_MS, {})
      const answer = understood(parseHistoryAnswer, response._data)
      if (answer.before !== null && answer.before >= before) throw new MirrorTrouble('bad-answer')
      return answer
    },
  }
}

const ask = async (
  url: string,
  query: Record<string, string | number>,
  withinMs: number,
  headers: Record<string, string>,
) => {
  try {
    return await ofetch.raw<string, 'text'>(url, {
      query,
      headers: { accept: 'application/json', ...headers },
      // IndexedDB is the only copy: the browser's own cache must neither answer nor keep.
      cache: 'no-store',
      redirect: 'error',
      retry: 0,
      // A signal, because the timeout that ofetch offers ends with the headers and a stalled body would hang for ever.
      signal: AbortSignal.timeout(withinMs),
      responseType: 'text',
    })
  } catch (error) {
    throw troubleOf(error)
  }
}

function troubleOf(error: unknown): MirrorTrouble {
  const status = error instanceof FetchError ? error.status : undefined
  return status
    ? new MirrorTrouble('server-error', { status, cause: error })
    : new MirrorTrouble('unreachable', { cause: error })
}

function understood<Answer>(parse: (raw: unknown) => Answer | undefined, text: string | undefined): Answer {
  const answer = parse(parseJson(text))
  if (!answer) throw new MirrorTrouble('bad-answer')
  return answer
}

function parseJson(text = ''): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new MirrorTrouble('bad-answer', { cause })
  }
}
