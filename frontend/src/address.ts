// The address bar is the state of the screens: each can be linked to, reloaded, and gone back from.
import { createSignal } from 'solid-js'
import { SCREEN_PATHS, type ScreenName, screenAt } from '#domain/screen-paths.ts'

/** What a person has set for this screen on this wall: every link keeps it. The rest belongs to one screen. */
export const LASTING = [
  'view',
  'theme',
  'night',
  'dim',
  'wake',
  'appliances',
  'thresholds',
  'orientation',
  'setup',
  'site',
]

export type Query = Readonly<Record<string, string | undefined>>

export interface Address {
  screen: () => ScreenName
  /** Undefined: the address does not say. */
  query: (name: string) => string | undefined
  /** Where a screen lives; with the query that is its own. */
  to: (screen: ScreenName, query?: Query) => string
  /** The same screen with some of its query changed; undefined takes it out. */
  with: (changes: Query) => string
  /** `replace`: a step that the way back should leave out. */
  go: (href: string, options?: { replace?: boolean }) => void
}

/** `load`: brings what a screen needs to be drawn; until then the one before it stays. */
export function createAddress(load: (screen: ScreenName) => Promise<void>): Address {
  const [url, setUrl] = createSignal(new URL(location.href))
  const followBar = async () => {
    await load(screenAt(location.pathname) ?? 'now')
    setUrl(new URL(location.href))
  }
  const go: Address['go'] = (href, { replace = false } = {}) => {
    // Each page is of one site: another one is another page.
    if (siteIn(new URL(href, location.href)) !== siteIn(url())) return location.assign(href)
    const isOtherScreen = new URL(href, location.href).pathname !== location.pathname
    if (href !== location.pathname + location.search)
      history[replace ? 'replaceState' : 'pushState'](null, '', href)
    void followBar().then(() => isOtherScreen && scrollTo(0, 0))
  }
  window.addEventListener('popstate', followBar)
  document.addEventListener('click', (event) => {
    const href = screenLinkOf(event)
    if (href === undefined) return
    event.preventDefault()
    go(href)
  })
  const screen = () => screenAt(url().pathname) ?? 'now'
  return {
    screen,
    query: (name) => url().searchParams.get(name) ?? undefined,
    to: (name, query = {}) => SCREEN_PATHS[name] + search(lastingOf(url()), query),
    with: (changes) => SCREEN_PATHS[screen()] + search(url().searchParams, changes),
    go,
  }
}

/** Undefined: the browser should do what it always does. */
function screenLinkOf(event: MouseEvent): string | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link || link.target || link.origin !== location.origin || !screenAt(link.pathname)) return undefined
  return link.pathname + link.search
}

const siteIn = ({ searchParams }: URL): string | null => searchParams.get('site')

function lastingOf({ searchParams }: URL): URLSearchParams {
  return new URLSearchParams([...searchParams].filter(([name]) => LASTING.includes(name)))
}

function search(kept: URLSearchParams, changes: Query): string {
  const query = new URLSearchParams(kept)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) query.delete(name)
    else query.set(name, value)
  }
  return query.size > 0 ? `?${query}` : ''
}
