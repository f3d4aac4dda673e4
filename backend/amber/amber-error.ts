export type AmberTrouble = 'unreachable' | 'rate-limited' | 'unauthorised' | 'amber-error' | 'bad-answer'

/** Trouble on Amber's side or on the way there. `retryAtMs`: before that instant another call is in vain. */
export class AmberError extends Error {
  readonly kind: AmberTrouble
  readonly status: number | undefined
  readonly retryAtMs: number | undefined

  constructor(
    kind: AmberTrouble,
    message: string,
    facts: { status?: number; retryAtMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.name = 'AmberError'
    this.kind = kind
    this.status = facts.status
    this.retryAtMs = facts.retryAtMs
  }
}
