// One screen with one invented view: /?fixture=live&view=kitchen&theme=night&dark=1&update=1&limitation=1&now=0
// With household=1 every screen thinks from an invented household with a Pi and forecasts of its own, or from one with holes=SEED.
import { createSignal } from 'solid-js'
import { render } from 'solid-js/web'
import type { HomeFacts } from '#domain/home-facts.ts'
import { nowView } from '#domain/now-view.ts'
import { planView } from '#domain/plan-view.ts'
import { screenAt } from '#domain/screen-paths.ts'
import { DEFAULT_SETTINGS, nowOptions } from '#domain/settings/settings.ts'
import type { NowView } from '#domain/view.ts'
import { energy } from '#domain/words.ts'
import '../../../frontend/src/look/kiosk.css'
import '../../../frontend/src/look/phone.css'
import '../../../frontend/src/look/turned.css'
import '../../../frontend/src/look/upright.css'
import { createAddress } from '../../../frontend/src/address.ts'
import { App } from '../../../frontend/src/app.tsx'
import { createLayout } from '../../../frontend/src/layout.ts'
import { loadScreen } from '../../../frontend/src/screens.tsx'
import { applyTheme } from '../../../frontend/src/theme.ts'
import { answer } from '../../../frontend/src/think/answer.ts'
import type { Think } from '../../../frontend/src/think/thinker.ts'
import { DimBoard } from '../../../frontend/src/wall/dim-board.tsx'
import { createWallLayout } from '../../../frontend/src/wall/orientation.ts'
import type { Wall } from '../../../frontend/src/wall/wall.ts'
import { FIXTURES, type FixtureName } from '../screens/fixtures.ts'
import { APPLIANCE_HEALTH, WIDE_TALLY } from '../screens/fixtures-appliance.ts'
import {
  HOUSEHOLD_NOW_MS,
  HOUSEHOLD_REVISED,
  HOUSEHOLD_SETTINGS,
  householdFacts,
  withHoles,
} from '../screens/fixtures-household.ts'

declare global {
  interface Window {
    /** Changes what is shown, as the passing of time does. */
    showFixture(name: FixtureName): void
    /** What the real domain makes of these facts, on this screen; what it said, in words, is the answer. */
    showFacts(facts: HomeFacts, nowMs: number, path: string): Promise<string[]>
    /** A view that the domain would never make. */
    showBroken(): void
    setNow(ms: number): void
    appliedUpdates: number
    broken: unknown[]
  }
}

const address = new URLSearchParams(location.search)
const isKitchen = address.get('view') === 'kitchen'
const fixture = (name: string | null): NowView => FIXTURES[(name ?? 'live') as FixtureName]
const [view, setView] = createSignal(fixture(address.get('fixture')))
const isHousehold = address.has('household')
const holes = address.get('holes')
const household = () => householdFacts(holes === null ? undefined : withHoles(Number(holes)))
let nowMs = isHousehold ? HOUSEHOLD_NOW_MS : Number(address.get('now') ?? 0)
const [facts, setFacts] = createSignal<HomeFacts | undefined>(isHousehold ? household() : undefined)
const [changes, setChanges] = createSignal(0)
const screens = createAddress(loadScreen)
const options = nowOptions(DEFAULT_SETTINGS)
const said: unknown[] = []
let thinking: Promise<unknown> = Promise.resolve()

const think: Think = (question) => {
  const known = facts()
  if (!known) return new Promise(() => undefined)
  const answering = answer(question, {
    household: async () => known.household,
    facts: async () => known,
    forget: () => undefined,
  })
  thinking = answering.then((view) => said.push(view))
  return answering
}
window.showFacts = async (known, ms, path) => {
  nowMs = ms
  said.length = 0
  setFacts(() => known)
  setView(() => nowView(known, ms, options))
  setChanges((count) => count + 1)
  await loadScreen(screenAt(path) ?? 'now')
  screens.go(path)
  for (let frame = 0; frame < 4; frame++) {
    await new Promise(requestAnimationFrame)
    await thinking
  }
  return textsOf([view(), planView(known, ms, {}, options), ...said])
}

/** A bare number of kWh is worded where it is drawn, by the domain's own words. */
const textsOf = (value: unknown, name = ''): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number' && /kwh$/i.test(name)) return [energy(value)]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => textsOf(one, Array.isArray(value) ? name : key))
}

applyTheme(() => address.get('theme') ?? undefined)
window.appliedUpdates = 0
window.broken = []
window.showFixture = (name) => setView(() => fixture(name))
window.showBroken = () => setView(() => ({}) as NowView)
window.setNow = (ms) => {
  nowMs = ms
}

// As on the wall, but for what asks the Pi and waits for a touch.
const wall: Wall | undefined = isKitchen
  ? {
      layout: createWallLayout(() => address.get('orientation') ?? undefined),
      isDim: () => address.has('dark'),
      isNight: () => false,
      drawDim: (shown) => <DimBoard view={shown()} nowMs={nowMs} />,
      setupUrl: () => undefined,
    }
  : undefined

const draw = () => (
  <App
    state={{
      view,
      facts,
      another: () => undefined,
      nowMs: () => nowMs,
      health: () => (isHousehold ? { answer: APPLIANCE_HEALTH, atMs: nowMs } : undefined),
      askHealth: async () => undefined,
      copyReport: async () => ({ firstDate: undefined, bytes: undefined, history: 'whole' }),
      revised: () => (isHousehold ? HOUSEHOLD_REVISED : undefined),
      askRevisions: async () => undefined,
      sites: () => undefined,
      askSites: async () => undefined,
      tally: () => (isHousehold ? WIDE_TALLY : undefined),
      askTally: async () => undefined,
      think,
      loadThinking: async () => undefined,
      changes,
      settings: {
        current: () => (isHousehold ? HOUSEHOLD_SETTINGS : DEFAULT_SETTINGS),
        record: () => ({}),
        writer: () => undefined,
        state: () => 'sent',
        overruled: () => [],
        write: async () => undefined,
        settle: async () => undefined,
      },
      options: () => options,
      update: { ready: () => address.has('update'), apply: () => window.appliedUpdates++ },
      limitation: () =>
        address.has('limitation')
          ? 'HTTPS is not set up: without the Pi the app cannot open on this device.'
          : undefined,
    }}
    address={screens}
    isKitchen={isKitchen}
    wall={wall}
    layout={wall?.layout ?? createLayout()}
    now={() => nowMs}
    setTitle={(title) => {
      document.title = title
    }}
    onBroken={(error) => window.broken.push(error)}
  />
)
// Another screen than Now is a file of its own.
void loadScreen(screens.screen()).then(() => render(draw, document.body))
