// Wiring: the one place that reads the clock, the address and the device.
import { createSignal } from 'solid-js'
import { render } from 'solid-js/web'
import { MINUTE_MS } from '#domain/interval.ts'
import { App } from './app.tsx'
import { createAppState } from './state.ts'
import { applyTheme } from './theme.ts'

const address = new URLSearchParams(location.search)
const isKitchen = address.get('view') === 'kitchen'
const now = () => Date.now()

applyTheme(address.get('theme'))
const isLandscape = mediaSignal('(orientation: landscape) and (min-width: 700px)')
const isWide = mediaSignal('(min-aspect-ratio: 17/10)')
const state = createAppState({ now, kitchen: isKitchen })

render(
  () => (
    <App
      state={state}
      isKitchen={isKitchen}
      isBoard={() => isKitchen || isLandscape()}
      isWide={isWide}
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
)

function mediaSignal(query: string): () => boolean {
  const media = matchMedia(query)
  const [matches, setMatches] = createSignal(media.matches)
  media.addEventListener('change', () => setMatches(media.matches))
  return matches
}
