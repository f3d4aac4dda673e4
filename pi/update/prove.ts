// Whether a version serves as it should: its health tells its commit, and the page and all that the page asks for load.
import { setTimeout as sleep } from 'node:timers/promises'

export interface Proof {
  readonly commit: string
  /** There were prices to show before, so there have to be some now. */
  readonly needsPrices: boolean
}

interface Health {
  readonly commit?: string
  readonly status?: string
  readonly startedAt?: string
}

const LOOK_EVERY_MS = 500
/** More than systemd lets pass before it starts it again. */
const LOOKS_APART_MS = 3000
const ANSWER_MS = 5000

/** Undefined when it serves; else what was wrong at the last look. */
export async function whatIsWrong(origin: string, proof: Proof, waitMs: number): Promise<string | undefined> {
  const until = performance.now() + waitMs
  for (;;) {
    const trouble = await lookTwice(origin, proof, Math.min(LOOKS_APART_MS, waitMs / 10))
    if (trouble === undefined || performance.now() > until) return trouble
    await sleep(Math.min(LOOK_EVERY_MS, waitMs))
  }
}

/** One that crashes over and over is well in between, but it is not the same process any more. */
async function lookTwice(origin: string, proof: Proof, apartMs: number): Promise<string | undefined> {
  const first = await lookAt(origin, proof)
  if (first.trouble !== undefined) return first.trouble
  await sleep(apartMs)
  const second = await lookAt(origin, proof)
  return second.startedAt === first.startedAt ? undefined : (second.trouble ?? 'it does not stay up')
}

export const showsPrices = (health: Health | undefined): boolean =>
  health?.status !== undefined && health.status !== 'unknown'

/** Undefined where no server answers. */
export async function healthOf(origin: string): Promise<Health | undefined> {
  try {
    const answer = await ask(`${origin}/api/health`)
    return answer.ok ? ((await answer.json()) as Health) : undefined
  } catch {
    return undefined
  }
}

async function lookAt(origin: string, proof: Proof): Promise<{ trouble?: string; startedAt?: string }> {
  const health = await healthOf(origin)
  if (!health) return { trouble: `no health from ${origin}` }
  if (!health.commit || !proof.commit.startsWith(health.commit))
    return { trouble: `commit ${health.commit} answers and not ${proof.commit.slice(0, 7)}` }
  if (proof.needsPrices && !showsPrices(health)) return { trouble: 'it shows no prices any more' }
  const trouble = await pageTrouble(origin)
  return trouble === undefined ? { startedAt: health.startedAt ?? '' } : { trouble }
}

async function pageTrouble(origin: string): Promise<string | undefined> {
  try {
    const page = await ask(`${origin}/`)
    const html = await page.text()
    if (!page.ok || !/<script\b/.test(html)) return `the page does not load (${page.status})`
    for (const path of assetsOf(html)) {
      const asset = await ask(new URL(path, origin).href)
      const isPage = asset.headers.get('content-type')?.startsWith('text/html')
      if (!asset.ok || isPage || (await asset.arrayBuffer()).byteLength === 0)
        return `${path}, which the page needs, does not load (${asset.status})`
    }
    return undefined
  } catch (error) {
    return `the page does not load: ${(error as Error).message}`
  }
}

const assetsOf = (html: string): string[] =>
  [...html.matchAll(/\b(?:src|href)="(\/[^"/][^"]*)"/g)].map(([, path]) => path as string)

const ask = (url: string): Promise<Response> =>
  fetch(url, { signal: AbortSignal.timeout(ANSWER_MS), redirect: 'error' })
