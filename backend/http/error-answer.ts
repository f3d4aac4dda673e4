import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ErrorAnswer } from '#domain/contract.ts'

/** What a route throws when the question cannot be answered as it was put. */
export class QueryError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'QueryError'
    this.code = code
  }
}

export function errorAnswer(
  c: Context,
  status: ContentfulStatusCode,
  code: string,
  message: string,
): Response {
  return c.json<ErrorAnswer>({ error: { code, message } }, status)
}
