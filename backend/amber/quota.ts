// The account's call quota, as told in draft-ietf-httpapi-ratelimit-headers: 50 calls in 300 seconds, shared by all
// of the household's programs.

export interface Quota {
  readonly remaining: number
  readonly resetsAtMs: number
}

/** Undefined where the answer does not tell: gateway errors carry no quota. */
export function quotaOf(headers: Headers, answeredAtMs: number): Quota | undefined {
  const remaining = wholeNumber(headers.get('ratelimit-remaining'))
  const resetSeconds = wholeNumber(headers.get('ratelimit-reset'))
  if (remaining === undefined || resetSeconds === undefined) return undefined
  return { remaining, resetsAtMs: answeredAtMs + resetSeconds * 1000 }
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined
}
