// One screen with one invented view: /?fixture=live&view=kitchen&theme=night&update=1&limitation=1
import { createSignal } from 'solid-js'
import { render } from 'solid-js/web'
import type { NowView } from '#domain/view.ts'
import { App } from '../../../frontend/src/app.tsx'
import { applyTheme } from '../../../frontend/src/theme.ts'
import { FIXTURES, type FixtureName } from '../screens/fixtures.ts'

declare global {
  interface Window {
    /** Lets a test change what is shown, as the passing of time does. */
    showFixture(name: FixtureName): void
    appliedUpdates: number
  }
}

const address = new URLSearchParams(location.search)
const isKitchen = address.get('view') === 'kitchen'
const fixture = (name: string | null): NowView => FIXTURES[(name ?? 'live') as FixtureName]
const matches = (query: string) => () => matchMedia(query).matches
const [view, setView] = createSignal(fixture(address.get('fixture')))

applyTheme(address.get('theme'))
window.appliedUpdates = 0
window.showFixture = (name) => setView(() => fixture(name))

render(
  () => (
    <App
      state={{
        view,
        update: { ready: () => address.has('update'), apply: () => window.appliedUpdates++ },
        limitation: () =>
          address.has('limitation')
            ? 'HTTPS is not set up: without the Pi the app cannot open on this device.'
            : undefined,
      }}
      isKitchen={isKitchen}
      isBoard={() => isKitchen || matches('(orientation: landscape) and (min-width: 700px)')()}
      isWide={matches('(min-aspect-ratio: 17/10)')}
      now={() => Number(address.get('now') ?? 0)}
      setTitle={(title) => {
        document.title = title
      }}
      onBroken={(error) => console.error(error)}
    />
  ),
  document.body,
)
