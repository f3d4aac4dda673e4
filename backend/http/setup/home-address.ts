// Under which addresses this machine is found in its home, for people and for their phones.
import type { Context } from 'hono'
import type { HttpsState } from '../https.ts'

export interface AddressDeps {
  /** Undefined while there is no https. */
  readonly https: () => HttpsState | undefined
  readonly hostNames: readonly string[]
  readonly httpPort: () => number
  readonly addresses: () => readonly string[]
}

/** The name that the certificate was made for, else that of this machine, else its address. */
export const homeName = ({ https, hostNames, addresses }: AddressDeps): string =>
  localNameOf(https()?.names ?? []) ?? localNameOf(hostNames) ?? addresses()[0] ?? 'localhost'

export const setupUrl = (deps: AddressDeps): string => `http://${homeName(deps)}:${deps.httpPort()}/setup`

/** Where a phone may try https: by the name that stays, then as it came here, if the certificate vouches for that. */
export function httpsOrigins(deps: AddressDeps, c: Context): string[] {
  const state = deps.https()
  if (!state) return []
  const hosts = [homeName(deps), hostOf(c)].filter((host) => state.names.includes(host))
  return [...new Set(hosts)].map((host) => `https://${host}:${state.port}`)
}

/** Without its port, as the host check has let it pass. */
const hostOf = (c: Context): string =>
  (c.req.header('host') ?? '').replace(/:\d+$/, '').replace(/\.$/, '').toLowerCase()

/** Phones find it by themselves, and it stays when the address changes. */
const localNameOf = (names: readonly string[]): string | undefined =>
  names.find((name) => /\.local$/i.test(name))?.toLowerCase()
