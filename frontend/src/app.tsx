// The frame around every screen: which layout, and what surrounds it. Knows no clock and no browser; they are handed in.
import { createEffect, createMemo, ErrorBoundary, on, Show } from 'solid-js'
import type { NowView } from '#domain/view.ts'
import { drift } from './drift.ts'
import type { Layout } from './layout.ts'
import './look/tokens.css'
import './look/look.css'
import './look/chart.css'
import './look/kiosk.css'
import './look/phone.css'
import './look/phone-details.css'
import { NowKitchen } from './screens/now-kitchen.tsx'
import { NowPhone } from './screens/now-phone.tsx'
import type { AppState } from './state.ts'

export interface AppProps {
  state: AppState
  /** On the wall: no pointer, no scrolling, nothing to press, and a little movement against burn-in. */
  isKitchen: boolean
  layout: Layout
  now: () => number
  setTitle: (title: string) => void
  /** A screen failed to draw: what can be done is to load it anew, after a while. */
  onBroken: (error: unknown) => void
}

export function App(props: AppProps) {
  return (
    <ErrorBoundary fallback={(error) => <Broken error={error} onBroken={props.onBroken} />}>
      <Show when={props.state.view()}>{(view) => <Frame app={props} view={view()} />}</Show>
    </ErrorBoundary>
  )
}

function Frame(props: { app: AppProps; view: NowView }) {
  // A step a view at most: the clock on the board is redrawn in the same moment.
  const stepAt = () => (props.app.isKitchen ? props.app.now() : 0)
  const shift = createMemo(
    on(
      () => props.view,
      () => drift(stepAt()),
    ),
  )
  createEffect(() => props.app.setTitle(titleOf(props.view)))
  const limitation = () => props.app.state.limitation()
  return (
    <div
      class={props.app.isKitchen ? 'app kitchen' : 'app'}
      style={{ '--shift-x': `${shift().xPx}px`, '--shift-y': `${shift().yPx}px` }}
    >
      <Show
        when={props.app.layout.isBoard()}
        fallback={<NowPhone view={props.view} update={props.app.state.update} limitation={limitation()} />}
      >
        <NowKitchen
          view={props.view}
          isWide={props.app.layout.isWide()}
          isKitchen={props.app.isKitchen}
          update={props.app.state.update}
          limitation={limitation()}
        />
      </Show>
    </div>
  )
}

function titleOf({ price, headline, demo }: NowView): string {
  const now = price ? `${price.text} ${price.word}` : headline
  return [demo && 'DEMO', now, 'Home Energy'].filter(Boolean).join(' \u00b7 ')
}

function Broken(props: { error: unknown; onBroken: (error: unknown) => void }) {
  props.onBroken(props.error)
  return <p class="broken">This screen could not be drawn. It loads itself again in a minute.</p>
}
