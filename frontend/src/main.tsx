// Wiring: the one place that reads the clock, the address and the document.
import { render } from 'solid-js/web'
import { MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import { createAddress } from './address.ts'
import { App } from './app.tsx'
import { watchDoor } from './door.ts'
import { createKitchen } from './kitchen.ts'
import { createLayout } from './layout.ts'
import { loadAllScreens, loadScreen } from './screens.tsx'
import { createAppState } from './state.ts'
import { applyTheme } from './theme.ts'
import { isAppKept } from './worker/link.ts'

const address = createAddress(loadScreen)
const isKitchen = address.query('view') === 'kitchen'
const now = () => Date.now()

applyTheme(address.query('theme'))
const state = createAppState({ now, kitchen: isKitchen })
const layout = createLayout(isKitchen)
const door = watchDoor()
const kitchen = isKitchen
  ? createKitchen({
      isDrawn: () => document.querySelector('.board') !== null,
      isSetupAsked: () => address.query('setup') === '1',
    })
  : undefined
const LOGIN = {
  text: 'This home has a password.',
  link: { href: '/login', text: 'Log in' },
  isCause: true,
} as const

// Not awaited: a screen's own file imports what this one is built into, and either would wait for the other for ever.
void loadScreen(address.screen()).then(() =>
  render(
    () => (
      <App
        state={state}
        address={address}
        isKitchen={isKitchen}
        kitchen={kitchen}
        limitation={() => (door.isShut() ? LOGIN : undefined)}
        layout={layout}
        now={now}
        setTitle={(title) => {
          document.title = title
        }}
        onBroken={(error) => {
          console.error(error)
          setTimeout(() => location.reload(), MINUTE_MS)
        }}
      />
    ),
    document.body,
  ),
)
// Not before the first screen has what it needs.
setTimeout(() => isAppKept() || loadAllScreens(), 10 * SECOND_MS)
