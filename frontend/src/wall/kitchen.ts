// What the page on the wall does beside showing prices: it tells the server that it is drawn, and asks whether the phones of
// the household still need to be shown the way.
import { createSignal } from 'solid-js'
import type { SetupAnswer } from '#domain/contract.ts'
import { SECOND_MS } from '#domain/interval.ts'
import { ask } from '../mirror/fetch.ts'

export interface Kitchen {
  /** Where a phone begins; undefined: nobody needs to know now. */
  setupUrl: () => string | undefined
}

export interface KitchenDeps {
  /** Whether the board is on the page. */
  readonly isDrawn: () => boolean
  /** This screen was opened in order to show the way. */
  readonly isSetupAsked: () => boolean
}

const EVERY_MS = 20 * SECOND_MS
/** Until the board is there for the first time. */
const SOON_MS = SECOND_MS
const WITHIN_MS = 8 * SECOND_MS

export function createKitchen({ isDrawn, isSetupAsked }: KitchenDeps): Kitchen {
  const [setupUrl, setSetupUrl] = createSignal<string>()
  const round = async () => {
    setTimeout(round, isDrawn() ? EVERY_MS : SOON_MS)
    if (!isDrawn()) return
    const setup = await askSetup()
    setSetupUrl(setup && (isSetupAsked() || setup.isWanted) ? setup.setupUrl : undefined)
    await nextFrame()
    if (isOnPi()) await sayDrawn()
  }
  void round()
  return { setupUrl }
}

/** Only the Pi's own screen is watched over: there a script opens the browser anew. */
const isOnPi = (): boolean => /^(localhost|127\.0\.0\.1|\[::1\])$/.test(location.hostname)

/** A page whose drawing has stopped gets no further than this. One that is out of sight is not meant to draw. */
async function nextFrame(): Promise<void> {
  if (document.visibilityState === 'hidden') return
  await new Promise(requestAnimationFrame)
  await new Promise(requestAnimationFrame)
}

/** Silence is what the server notices, so nothing is to be done when it does not hear. */
async function sayDrawn(): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await ask('/api/kiosk', {}, WITHIN_MS, { method: 'POST', headers, body: '{}' }).catch(() => undefined)
}

async function askSetup(): Promise<SetupAnswer | undefined> {
  try {
    return JSON.parse((await ask('/api/setup', {}, WITHIN_MS)).text) as SetupAnswer
  } catch {
    return undefined
  }
}
