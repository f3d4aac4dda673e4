import type { Quota } from './quota.ts'

export type AmberTrouble = 'unreachable' | 'rate-limited' | 'unauthorised' | 'amber-error' | 'bad-answer'

/** Trouble on Amber's side or on the way there. */
export class AmberError extends Error {
  readonly kind: AmberTrouble
  readonly status: number | undefined
  /** What the answer told of the account's calls; the gateway's own errors tell nothing. */
  readonly quota: Quota | undefined
  /** As of an answer; undefined: none came, or it did not tell the time. */
  readonly clockOffMs: number | undefined

  constructor(
    kind: AmberTrouble,
    message: string,
    facts: {
      status?: number
      quota?: Quota | undefined
      clockOffMs?: number | undefined
      cause?: unknown
    } = {},
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.name = 'AmberError'
    this.kind = kind
    this.status = facts.status
    this.quota = facts.quota
    this.clockOffMs = facts.clockOffMs
  }
}
