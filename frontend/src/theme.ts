// Light, night, or as the device has it; the address bar and the status bar of an installed app follow. And in which
// colours cheap and dear are shown, which is the household's choice.
import { createEffect, createRoot, createSignal } from 'solid-js'
import { mediaSignal } from './media-signal.ts'

const KEPT = 'theme'

export const THEMES = ['auto', 'light', 'night'] as const
export type Theme = (typeof THEMES)[number]

const [kept, setKept] = createSignal(readKept())

/** What was chosen on this device. */
export const keptTheme = kept

export function chooseTheme(theme: Theme): void {
  setKept(theme)
  try {
    localStorage.setItem(KEPT, theme)
  } catch {
    // A browser that keeps nothing goes by it until it is closed.
  }
}

/**
 * `asked`: what the address says, which goes before what is kept. `isNightHere`: by the clock of the wall, whatever the
 * device has.
 */
export function applyTheme(asked: () => string | undefined, isNightHere: () => boolean = () => false): void {
  const isDark = mediaSignal('(prefers-color-scheme: dark)')
  const isNight = () => {
    const theme = asked() ?? kept()
    return theme === 'night' || theme === 'dark' || isNightHere() || (theme !== 'light' && isDark())
  }
  const apply = () => {
    document.documentElement.dataset.theme = isNight() ? 'night' : 'light'
    const paper = getComputedStyle(document.documentElement).getPropertyValue('--paper')
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', paper.trim())
  }
  createRoot(() => createEffect(apply))
}

export const applyColours = (colours: () => string): void =>
  createRoot(() =>
    createEffect(() => {
      document.documentElement.dataset.colours = colours()
    }),
  )

function readKept(): Theme {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEPT)) ?? 'auto'
  } catch {
    return 'auto'
  }
}
