// Runs in the browser under test: the app's state with a clock that the test sets, and every view it has come to.
import { createEffect, createRoot } from 'solid-js'
import type { NowView } from '#domain/view.ts'
import { createSiteMirror } from '../../../frontend/src/mirror/site-mirror.ts'
import { createAppState } from '../../../frontend/src/state.ts'

declare const BUILD: string

const address = new URLSearchParams(location.search)
const site = address.get('site')
/** Runs on at the speed of time from where it was set. */
const clock = { startMs: Number(address.get('now')) - performance.now() }
const state = createAppState({
  now: () => clock.startMs + performance.now(),
  kitchen: address.get('view') === 'kitchen',
  openMirror: site ? (deps) => createSiteMirror(deps, site) : undefined,
})
const views: NowView[] = []

createRoot(() =>
  createEffect(() => {
    const view = state.view()
    if (view) views.push(view)
  }),
)

const page = {
  build: BUILD,
  state,
  views,
  setClock: (nowMs: number) => {
    clock.startMs = nowMs - performance.now()
  },
}
declare global {
  interface Window {
    statePage: typeof page
  }
}
window.statePage = page
