// Light, night, or as the device has it; the address bar and the status bar of an installed app follow.
import { createEffect, createRoot } from 'solid-js'
import { mediaSignal } from './media-signal.ts'

/** `isNightHere`: by the clock of the wall, whatever the device has. */
export function applyTheme(asked: () => string | undefined, isNightHere: () => boolean = () => false): void {
  const isDark = mediaSignal('(prefers-color-scheme: dark)')
  const isNight = () => {
    const theme = asked()
    return theme === 'night' || theme === 'dark' || isNightHere() || (theme !== 'light' && isDark())
  }
  const apply = () => {
    document.documentElement.dataset.theme = isNight() ? 'night' : 'light'
    const paper = getComputedStyle(document.documentElement).getPropertyValue('--paper')
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', paper.trim())
  }
  createRoot(() => createEffect(apply))
}
