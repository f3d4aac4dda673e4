// Wiring: the one place that reads the clock, the address and the document.
import { render } from 'solid-js/web'
import { MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import { createAddress } from './address.ts'
import { App, Broken } from './app.tsx'
import { watchDoor } from './door.ts'
import { createLayout } from './layout.ts'
import { loadAllStyles, styled } from './layout-styles.ts'
import type { DeviceMirrorDeps } from './mirror/device-mirror.ts'
import { screenOptions } from './screen-options.ts'
import { loadAllScreens, loadScreen } from './screens.tsx'
import { type AppState, createAppState } from './state.ts'
import { applyColours, applyTheme } from './theme.ts'
import { isAppKept } from './worker/link.ts'

const address = createAddress(loadScreen)
const isKitchen = address.query('view') === 'kitchen'
const now = () => Date.now()

const door = watchDoor()
const LOGIN = {
  text: 'This home has a password.',
  link: { href: '/login', text: 'Log in' },
  isCause: true,
} as const

// Not awaited up here: a file of its own imports what this one is built into, and either would wait for the other for ever.
async function start(): Promise<void> {
  const state = createAppState({
    now,
    kitchen: isKitchen,
    openMirror: await siteMirror(address.query('site')),
    options: (settings) => screenOptions(address.query, settings),
  })
  applyColours(() => state.settings.current().colours)
  const wall = isKitchen ? await openWall(state) : undefined
  applyTheme(() => address.query('theme'), wall?.isNight)
  const layout = await styled(wall?.layout ?? createLayout())
  await loadScreen(address.screen())
  render(
    () => (
      <App
        state={state}
        address={address}
        isKitchen={isKitchen}
        wall={wall}
        limitation={() => (door.isShut() ? LOGIN : undefined)}
        layout={layout}
        now={now}
        setTitle={(title) => {
          document.title = title
        }}
        onBroken={onBroken}
      />
    ),
    document.body,
  )
  // Not before the first screen has what it needs.
  setTimeout(
    () => isAppKept() || Promise.all([loadAllStyles(), loadAllScreens(), state.loadThinking()]),
    10 * SECOND_MS,
  )
}

function onBroken(error: unknown): void {
  console.error(error)
  setTimeout(() => location.reload(), MINUTE_MS)
}

/** Undefined: of the household's own site, as most addresses are. */
async function siteMirror(site: string | undefined) {
  if (!site) return undefined
  const { createSiteMirror } = await import('./mirror/site-mirror.ts')
  return (deps: DeviceMirrorDeps) => createSiteMirror(deps, site)
}

/** Undefined: it cannot be fetched now, and the price matters more than what the wall adds to it. */
const openWall = (state: AppState) =>
  import('./wall/wall.ts').then(({ createWall }) => createWall({ address, state })).catch(() => undefined)

// Without what reads the site that the address names, no other one may stand there.
start().catch((error) => render(() => <Broken error={error} onBroken={onBroken} />, document.body))
