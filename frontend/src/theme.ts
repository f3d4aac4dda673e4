// Light, night, or as the device has it; the address bar and the status bar of an installed app follow. And in which
// colours cheap and dear are shown, which is the household's choice.
import { createEffect, createRoot, createSignal } from 'solid-js'
import { mediaSignal } from './media-signal.ts'

const KEPT = 'theme'

export const THEMES = ['auto', 'light', 'night'] as const
export type Theme = (typeof THEMES)[number]

const themeNamed = (name: string | null | undefined): Theme | undefined =>
  name === 'dark' ? 'night' : THEMES.find((theme) => theme === name)

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
 * `asked`: what the address says; understood, it goes before what is kept. `isNightBy`: by the clock of the wall, whatever
 * the device has.
 */
export function applyTheme(asked: () => string | undefined, isNightBy?: (theme: Theme) => boolean): void {
  const isDark = mediaSignal('(prefers-color-scheme: dark)')
  const isNight = isNightBy ?? ((theme: Theme) => theme === 'night' || (theme === 'auto' && isDark()))
  const apply = () => {
    document.documentElement.dataset.theme = isNight(themeNamed(asked()) ?? kept()) ? 'night' : 'light'
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
    return themeNamed(localStorage.getItem(KEPT)) ?? 'auto'
  } catch {
    return 'auto'
  }
}
