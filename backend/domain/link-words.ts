// Who is down and since when, in the words of every screen.
import type { AmberLink, AmberTrouble, Links } from './freshness.ts'
import type { Situation } from './situation.ts'
import { spanText, whenText } from './time-words.ts'

/** "No internet since 2:29 pm.", "Your Pi can’t be reached since 8:45 am."; undefined when nothing is wrong. */
export function troubleText(now: Situation): string | undefined {
  const { pi, amber, prices } = now.links
  if (pi.state === 'down') return `Your Pi can\u2019t be reached${sinceText(pi.sinceMs, now)}.`
  if (pi.state === 'late') return `No word from your Pi for ${spanText(now.nowMs - pi.sinceMs)}.`
  if (pi.state === 'unknown') return 'Your Pi has not answered yet.'
  if (amber.state === 'down') return amberTrouble(amber, now)
  if (amber.state === 'unknown') return 'Amber has not answered yet.'
  if (prices.state !== 'late') return undefined
  return now.row ? 'Amber\u2019s price is late.' : 'Amber sends no new prices.'
}

/** All three links in one line: "No internet since 2:29 pm. Pi working". */
export function linksText(now: Situation): string {
  const trouble = troubleText(now)
  const working = workingText(now.links)
  if (!trouble) return now.facts.household?.demo ? DEMO_TEXT : working
  // Of a Pi that is not heard of, nothing else is known.
  return now.links.pi.state === 'fine' ? `${trouble} ${working}` : trouble.slice(0, -1)
}

export const DEMO_TEXT = 'Invented prices. For your own, see Status'

/** "Pi and internet working": what of the links is not in trouble. */
export function workingText({ amber, prices }: Links): string {
  if (amber.state === 'down' && amber.trouble === 'pi') return 'Pi answering'
  if (amber.state === 'down' && REACHES_AMBER.has(amber.trouble)) return 'Pi and internet working'
  if (amber.state !== 'fine') return 'Pi working'
  return prices.state === 'late' ? 'Pi and internet working' : 'Pi, internet and Amber all working'
}

/** To be refused, the Pi must have got through. */
const REACHES_AMBER: ReadonlySet<AmberTrouble> = new Set(['token', 'quota', 'amber', 'answer'])

function amberTrouble({ trouble, sinceMs }: AmberLink & { state: 'down' }, now: Situation): string {
  const from = sinceText(sinceMs, now)
  switch (trouble) {
    case 'internet':
      return `No internet${from}.`
    case 'token':
      return 'Amber refused the token.'
    case 'quota':
      return `Amber\u2019s call limit is used up${from}.`
    case 'amber':
      return `Amber is not working${from}.`
    case 'answer':
      return `Amber\u2019s answers can\u2019t be read${from}.`
    case 'pi':
      return `Your Pi can\u2019t store prices${from}.`
    case 'silence':
      return `Nothing new from Amber${from}.`
  }
}

/** " since 2:29 pm"; empty where nobody can know. */
export const sinceText = (ms: number | undefined, { nowMs, timeZone }: Situation): string =>
  ms === undefined ? '' : ` since ${whenText(ms, nowMs, timeZone)}`
