// Light, night, or as the device has it; the address bar and the status bar of an installed app follow.
const DARK = '(prefers-color-scheme: dark)'

export function applyTheme(asked: string | undefined): void {
  const dark = matchMedia(DARK)
  const apply = () => {
    const isNight = asked === 'night' || (asked !== 'light' && dark.matches)
    document.documentElement.dataset.theme = isNight ? 'night' : 'light'
    const paper = getComputedStyle(document.documentElement).getPropertyValue('--paper')
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', paper.trim())
  }
  apply()
  dark.addEventListener('change', apply)
}
