// The account's calls, in one place and kept between runs: what Amber tells of its quota, what we have used, and until when
// to be silent. Pure. Instants are Amber's. One that lies ahead of the clock says nothing: the clock was set since.
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import type { AmberError } from '../amber/amber-error.ts'
import type { Quota } from '../amber/quota.ts'

export interface Bucket {
  /** Our calls of the last five minutes. */
  readonly callsMs: readonly number[]
  readonly quota?: Quota & { readonly toldAtMs: number }
  readonly silence?: Silence
  /** In a row: 429s that told no quota, and refusals of the token. */
  readonly throttles: number
  readonly refusals: number
  /** Which token was refused, as a mark that tells nothing of it. */
  readonly refusedMark?: string
}

export interface Silence {
  readonly fromMs: number
  readonly untilMs: number
  readonly why: 'quota' | 'throttle' | 'refused'
}

export const EMPTY_BUCKET: Bucket = { callsMs: [], throttles: 0, refusals: 0 }

/** Ours in any five minutes; and how many of the account's 50 are left to the household's other programs. */
const OUR_CALLS = 20
const LEFT_TO_OTHERS = 10
const WINDOW_MS = 5 * MINUTE_MS

/** How many calls may be made now. */
export function callsLeft(bucket: Bucket, nowMs: number): number {
  if (silenceAt(bucket, nowMs)) return 0
  const ours = OUR_CALLS - recentCalls(bucket, nowMs).length
  return Math.max(0, Math.min(ours, ofAccount(bucket, nowMs)))
}

/** When there will be more calls than now. */
export function moreCallsMs(bucket: Bucket, nowMs: number): number {
  const silence = silenceAt(bucket, nowMs)
  if (silence) return silence.untilMs
  const recent = recentCalls(bucket, nowMs)
  const ours = OUR_CALLS - recent.length
  if (bucket.quota && ofAccount(bucket, nowMs) < ours) return bucket.quota.resetsAtMs + RESET_MARGIN_MS
  return recent.length === 0 ? nowMs : Math.min(...recent) + WINDOW_MS
}

/** Undefined: we may speak. */
export function silenceAt({ silence }: Bucket, nowMs: number): Silence | undefined {
  return silence && isAfter(nowMs, silence.fromMs) && nowMs < silence.untilMs ? silence : undefined
}

/** To be kept before the call is made: a run that is cut off has made it. */
export const withCall = (bucket: Bucket, nowMs: number): Bucket => ({
  ...bucket,
  callsMs: [...recentCalls(bucket, nowMs), nowMs],
})

export function afterAnswer(bucket: Bucket, quota: Quota | undefined, nowMs: number): Bucket {
  return {
    callsMs: bucket.callsMs,
    ...(quota ? { quota: { ...quota, toldAtMs: nowMs } } : bucket.quota && { quota: bucket.quota }),
    throttles: 0,
    refusals: 0,
  }
}

export function afterTrouble(bucket: Bucket, trouble: AmberError, nowMs: number, mark: string): Bucket {
  const told = trouble.quota ? { ...bucket, quota: { ...trouble.quota, toldAtMs: nowMs } } : bucket
  if (trouble.kind === 'unauthorised') return afterRefusal(told, nowMs, mark)
  if (trouble.kind !== 'rate-limited') return told
  return trouble.quota || !hasQuotaLeft(bucket, nowMs)
    ? silent(told, 'quota', nowMs, untilReset(trouble.quota, nowMs))
    : afterThrottle(told, nowMs)
}

/** A token that was put in anew is tried at once. */
export function forToken(bucket: Bucket, mark: string): Bucket {
  if (bucket.silence?.why !== 'refused' || bucket.refusedMark === mark) return bucket
  const { silence: _, refusedMark: __, ...rest } = bucket
  return { ...rest, refusals: 0 }
}

const RESET_MARGIN_MS = 2 * SECOND_MS
/** When the window ends is not known: it has ended after this. */
const UNKNOWN_RESET_MS = WINDOW_MS

const untilReset = (quota: Quota | undefined, nowMs: number): number =>
  quota && quota.resetsAtMs > nowMs ? quota.resetsAtMs + RESET_MARGIN_MS : nowMs + UNKNOWN_RESET_MS

/** The gateway's own 429 comes at random, though there are calls left: the first is passed over, as it is mostly alone. */
const THROTTLE_SILENCES_MS = [4, 30, 120, 300].map((seconds) => seconds * SECOND_MS)

function afterThrottle(bucket: Bucket, nowMs: number): Bucket {
  const silenceMs = THROTTLE_SILENCES_MS[
    Math.min(bucket.throttles, THROTTLE_SILENCES_MS.length - 1)
  ] as number
  return { ...silent(bucket, 'throttle', nowMs, nowMs + silenceMs), throttles: bucket.throttles + 1 }
}

/** Accounts in transfer come good later: from a quarter of an hour up to an hour. */
const REFUSAL_MS = 15 * MINUTE_MS

function afterRefusal(bucket: Bucket, nowMs: number, mark: string): Bucket {
  const silenceMs = Math.min(HOUR_MS, REFUSAL_MS * 2 ** bucket.refusals)
  return {
    ...silent(bucket, 'refused', nowMs, nowMs + silenceMs),
    refusals: bucket.refusals + 1,
    refusedMark: mark,
  }
}

const silent = (bucket: Bucket, why: Silence['why'], fromMs: number, untilMs: number): Bucket => ({
  ...bucket,
  silence: { fromMs, untilMs, why },
})

/** What was told some minutes ago is the best guess while nothing newer is told. */
const TOLD_LATELY_MS = 15 * MINUTE_MS

function hasQuotaLeft({ quota }: Bucket, nowMs: number): boolean {
  if (!quota || !isAfter(nowMs, quota.toldAtMs) || nowMs - quota.toldAtMs > TOLD_LATELY_MS) return false
  return quota.remaining > LEFT_TO_OTHERS / 2
}

/** Told within this window, else as much as we ever use. */
function ofAccount({ quota }: Bucket, nowMs: number): number {
  const holds = quota && isAfter(nowMs, quota.toldAtMs) && nowMs < quota.resetsAtMs
  return holds ? quota.remaining - LEFT_TO_OTHERS : OUR_CALLS
}

const recentCalls = ({ callsMs }: Bucket, nowMs: number): number[] =>
  callsMs.filter((ms) => isAfter(nowMs, ms) && ms > nowMs - WINDOW_MS)

const SLACK_MS = 5 * SECOND_MS
const isAfter = (nowMs: number, ms: number): boolean => nowMs >= ms - SLACK_MS
