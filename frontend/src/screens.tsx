// The screens beside Now, each a file of its own that is fetched when it is first wanted: what a first visit loads is what
// its question needs.
import { type Component, Show } from 'solid-js'
import type { ScreenName } from '#domain/screen-paths.ts'
import type { NowView } from '#domain/view.ts'
import type { Address } from './address.ts'
import type { Layout } from './layout.ts'
import { NotHere } from './parts/not-here.tsx'
import type { AppState } from './state.ts'

export interface ScreenProps {
  state: AppState
  /** What holds at this moment: each screen says it in its own words. */
  view: NowView
  address: Address
  layout: Layout
}

type Loaded = { default: Component<ScreenProps> }
type Loader = () => Promise<Loaded>

const LOADERS: Partial<Record<ScreenName, Loader>> = {
  plan: () => import('./screens/plan.tsx'),
  usage: () => import('./screens/usage.tsx'),
  worth: () => import('./screens/worth.tsx'),
  score: () => import('./screens/score.tsx'),
  status: () => import('./screens/status.tsx'),
  settings: () => import('./screens/settings.tsx'),
}
const loaded = new Map<ScreenName, Component<ScreenProps>>()

/** Resolves when it can be drawn, or cannot be had: without the Pi, where the browser keeps no app. */
export async function loadScreen(name: ScreenName): Promise<void> {
  if (loaded.has(name)) return
  const screen = await LOADERS[name]?.().catch(() => undefined)
  if (screen) loaded.set(name, screen.default)
}

/** Where no worker keeps them, they are only safe in this page. */
export const loadAllScreens = async (): Promise<void> => {
  for (const name of Object.keys(LOADERS) as ScreenName[]) await loadScreen(name)
}

export function OtherScreen(props: ScreenProps) {
  const screen = () => ({ draw: loaded.get(props.address.screen()) ?? Missing })
  return (
    <Show keyed when={screen().draw}>
      {(Screen) => (
        <Screen state={props.state} view={props.view} address={props.address} layout={props.layout} />
      )}
    </Show>
  )
}

const Missing = (props: ScreenProps) => (
  <NotHere isCutOff tryAgain={() => props.address.go(props.address.with({}))} />
)
