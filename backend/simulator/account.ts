// Who asks, and how often: every token is a key of one and the same account.
import type { Context, MiddlewareHandler } from 'hono'
import type { Env } from './disturbance.ts'
import type { Faults } from './faults.ts'
import type { AccountQuota } from './quota.ts'
import { Refusal, tooManyRequests } from './refusal.ts'

export interface Account {
  readonly tokens: readonly string[]
  readonly quota: AccountQuota
}

export const authorise =
  ({ tokens }: Account, faults: Faults): MiddlewareHandler<Env> =>
  async (c, next) => {
    const given = c.req.header('authorization')
    if (given === undefined) throw new Refusal(401, { message: 'Unauthorized' }, 'UnauthorizedException')
    const token = /^Bearer (.+)$/i.exec(given)?.[1]?.trim()
    if (faults.tokensRevoked || token === undefined || !tokens.includes(token)) throw denied()
    await next()
  }

export const takeQuota =
  ({ quota }: Account, faults: Faults, clock: () => number): MiddlewareHandler<Env> =>
  async (c, next) => {
    if (faults.quotaExhausted) quota.spend(clock(), Number.POSITIVE_INFINITY)
    const isAllowed = quota.take(clock())
    if (isAllowed || !faults.quotaSilent) tell(c, quota.headers(clock()))
    if (!isAllowed) throw tooManyRequests()
    await next()
  }

// With a capital M, as the gateway has it for a request that its authoriser denies.
const denied = () =>
  new Refusal(
    403,
    { Message: 'User is not authorized to access this resource with an explicit deny' },
    'AccessDeniedException',
  )

function tell(c: Context, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
}
