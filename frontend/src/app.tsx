// The frame around every screen: which screen in which layout, and what surrounds it. Knows no clock and no browser; they
// are handed in.
import { createEffect, createMemo, ErrorBoundary, on, Show } from 'solid-js'
import type { ScreenName } from '#domain/screen-paths.ts'
import type { NowView } from '#domain/view.ts'
import type { Address } from './address.ts'
import { drift } from './drift.ts'
import type { Layout } from './layout.ts'
import './look/tokens.css'
import './look/look.css'
import './look/frame.css'
import './look/parts.css'
import './look/chart.css'
import { Aged } from './parts/aged.tsx'
import { type Limitation, limitationOf } from './parts/limitation.tsx'
import { Tabs } from './parts/tabs.tsx'
import { textEms } from './parts/text-width.ts'
import { NowKitchen } from './screens/now-kitchen.tsx'
import { NowPhone } from './screens/now-phone.tsx'
import { OtherScreen } from './screens.tsx'
import type { AppState } from './state.ts'
import type { Wall } from './wall/wall.ts'

export interface AppProps {
  state: AppState
  address: Address
  /** On the wall: no pointer, no scrolling, nothing to press, and a little movement against burn-in. */
  isKitchen: boolean
  /** Only on the wall. */
  wall?: Wall | undefined
  /** What the person at this device can do something about, before what the device itself cannot do. */
  limitation?: () => Limitation | undefined
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
  const another = () => props.app.state.another()
  // Where there is no such site no screen has anything of its own to say.
  const isNow = () => props.app.address.screen() === 'now' || another()?.unknown !== undefined
  const isWall = () => props.app.isKitchen && isNow()
  const isDim = () => isWall() && props.app.wall?.isDim() === true
  // A step a view at most: the clock on the board is redrawn in the same moment.
  const stepAt = () => (isWall() ? props.app.now() : 0)
  const shift = createMemo(
    on(
      () => [props.view, isWall()],
      () => drift(stepAt()),
    ),
  )
  createEffect(() =>
    props.app.setTitle(titleOf(props.view, isNow() ? 'now' : props.app.address.screen(), another()?.name)),
  )
  return (
    <div
      class="app"
      classList={{
        kitchen: isWall(),
        boarded: isNow() && props.app.layout.isBoard(),
        upright: props.app.layout.isUpright(),
        dimmed: isDim(),
      }}
      data-turn={props.app.wall?.layout.turn() || undefined}
      style={{ '--shift-x': `${shift().xPx}px`, '--shift-y': `${shift().yPx}px` }}
    >
      <Show when={another()}>
        {(site) => (
          <aside class="whose" aria-label="Which site">
            <b>{site().name}</b>
            <Show when={!isWall()}>
              <a href={props.app.address.to('now', { site: undefined })}>Your own site</a>
            </Show>
          </aside>
        )}
      </Show>
      <div class="stage">
        <Show when={isNow()} fallback={<Other app={props.app} view={props.view} />}>
          <Show when={isDim()} fallback={<Now app={props.app} view={props.view} />}>
            {props.app.wall?.drawDim(() => props.view)}
          </Show>
        </Show>
      </div>
      <Show when={!isNow()}>
        <Aged status={props.view.status} isCutOff={props.app.state.facts()?.pi.lostSinceMs !== undefined} />
      </Show>
      <Show when={!isWall()}>
        <Tabs address={props.app.address} />
      </Show>
    </div>
  )
}

function Now(props: { app: AppProps; view: NowView }) {
  const update = () => props.app.state.update
  const limitation = () => props.app.limitation?.() ?? limitationOf(props.app.state.limitation())
  return (
    <Show
      when={props.app.layout.isBoard()}
      fallback={
        <NowPhone
          view={props.view}
          update={update()}
          limitation={limitation()}
          stepsHref={props.app.address.to('status')}
        />
      }
    >
      <NowKitchen
        view={props.view}
        sentence={sentenceFor(props.app.layout, props.view)}
        isKitchen={props.app.isKitchen}
        update={update()}
        limitation={limitation()}
        setupUrl={props.app.wall?.setupUrl()}
      />
    </Show>
  )
}

/** What two lines of an upright board hold at their full size, in ems; without a price there is room for a third. */
const UPRIGHT_EMS = 35

function sentenceFor({ isUpright, isWide }: Layout, { sentences, price }: NowView): string {
  if (!isUpright()) return sentences[isWide() ? 'long' : 'short']
  return price && textEms(sentences.full) > UPRIGHT_EMS ? sentences.long : sentences.full
}

function Other(props: { app: AppProps; view: NowView }) {
  return (
    <OtherScreen
      state={props.app.state}
      view={props.view}
      address={props.app.address}
      layout={props.app.layout}
    />
  )
}

const TITLES: Readonly<Record<Exclude<ScreenName, 'now'>, string>> = {
  plan: 'Plan',
  usage: 'Usage',
  worth: 'Worth it?',
  score: 'Forecast score',
  status: 'Status',
  settings: 'Settings',
}

function titleOf({ price, headline, demo }: NowView, screen: ScreenName, site: string | undefined): string {
  const now = price ? `${price.text} ${price.word}` : headline
  const what = screen === 'now' ? now : TITLES[screen]
  return [demo && 'DEMO', what, site, 'Home Energy'].filter(Boolean).join(' \u00b7 ')
}

export function Broken(props: { error: unknown; onBroken: (error: unknown) => void }) {
  props.onBroken(props.error)
  return <p class="broken">This screen could not be drawn. It loads itself again in a minute.</p>
}
