// A login as a cookie that carries its own proof: the server remembers none, so a restart logs nobody out, and another
// password logs everybody out.
import { createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { DAY_MS, SECOND_MS } from '#domain/interval.ts'
import { isEncrypted } from './this-machine.ts'

export interface Sessions {
  /** In the same time whatever is wrong with it. */
  isPassword(given: string): boolean
  begin(c: Context): void
  isIn(c: Context): boolean
  end(c: Context): void
}

/** As long as browsers keep a cookie at all. */
const LASTS_MS = 400 * DAY_MS
/** Slow on purpose: who has stolen a cookie must not be able to try passwords against it quickly. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }

export function createSessions(password: string, now: () => number): Sessions {
  const key = scryptSync(password, 'home-energy session', 32, COST)
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url')
  const isWhole = (cookie: string) => {
    const [, text = '', proof = ''] = /^(\d{1,16}\.[\w-]{22})\.([\w-]{43})$/.exec(cookie) ?? []
    return isSame(proof, sign(text)) && Number.parseInt(text, 10) > now()
  }
  return {
    isPassword: (given) => isSame(sign(`password ${given}`), sign(`password ${password}`)),
    begin: (c) => {
      const text = `${now() + LASTS_MS}.${randomBytes(16).toString('base64url')}`
      setCookie(c, nameFor(c), `${text}.${sign(text)}`, {
        ...attributesFor(c),
        maxAge: LASTS_MS / SECOND_MS,
      })
    },
    isIn: (c) => isWhole(getCookie(c, nameFor(c)) ?? ''),
    end: (c) => void deleteCookie(c, nameFor(c), attributesFor(c)),
  }
}

/** Cookies know no port and hardly a scheme: over https one that plain http can neither read nor replace. */
const nameFor = (c: Context): string => (isEncrypted(c) ? '__Host-home-energy' : 'home-energy')

const attributesFor = (c: Context) =>
  ({ httpOnly: true, sameSite: 'Strict', path: '/', secure: isEncrypted(c) }) as const

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
