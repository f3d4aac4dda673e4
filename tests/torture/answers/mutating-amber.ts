// An Amber whose next answer is spoilt on its way: the simulator's own answer over real HTTP, and what a mutation makes of it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Simulator } from '../../../backend/simulator/server.ts'
import type { Mutated } from './mutations.ts'

export interface MutatingAmber {
  readonly url: string
  /** Answers that were spoilt. */
  readonly spoilt: () => number
  /** The next answer of that kind is; undefined: none. */
  spoil(kind: Kind | undefined, mutation?: (text: string) => Mutated): void
  close(): Promise<void>
}

export const KINDS = ['sites', 'current', 'prices', 'usage'] as const
export type Kind = (typeof KINDS)[number]

/** `onAnswer`: told of each good answer as it was before it was spoilt. */
export async function openMutatingAmber(
  { app }: Simulator,
  onAnswer: (kind: Kind, rows: readonly Record<string, unknown>[]) => void,
): Promise<MutatingAmber> {
  let next: { kind: Kind; mutation: (text: string) => Mutated } | undefined
  let spoilt = 0
  const server = createServer(async ({ url = '', headers }, response) => {
    const answer = await app.request(url, { headers: { authorization: headers.authorization ?? '' } })
    const text = await answer.text()
    const kind = kindOf(url)
    if (answer.ok) onAnswer(kind, JSON.parse(text))
    let told: Mutated = { body: text }
    if (answer.ok && next?.kind === kind) {
      told = next.mutation(text)
      next = undefined
      spoilt += 1
    }
    const bytes = Buffer.from(told.body)
    response.writeHead(answer.status, {
      ...Object.fromEntries(answer.headers),
      'content-length': String(bytes.length),
    })
    if (told.brokenAfter === undefined) return response.end(bytes)
    return response.write(bytes.subarray(0, told.brokenAfter), () => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    spoilt: () => spoilt,
    spoil: (kind, mutation) => {
      next = kind && mutation && { kind, mutation }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function kindOf(url: string): Kind {
  if (url.includes('/prices/current')) return 'current'
  return url.includes('/prices') ? 'prices' : url.includes('/usage') ? 'usage' : 'sites'
}
