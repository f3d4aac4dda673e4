// Wiring: the one place that reads the clock, the address and the document.
import { render } from 'solid-js/web'
import { MINUTE_MS } from '#domain/interval.ts'
import { App } from './app.tsx'
import { createLayout } from './layout.ts'
import { createAppState } from './state.ts'
import { applyTheme } from './theme.ts'

const address = new URLSearchParams(location.search)
const isKitchen = address.get('view') === 'kitchen'
const now = () => Date.now()

applyTheme(address.get('theme'))
const state = createAppState({ now, kitchen: isKitchen })
const layout = createLayout(isKitchen)

render(
  () => (
    <App
      state={state}
      isKitchen={isKitchen}
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
)
