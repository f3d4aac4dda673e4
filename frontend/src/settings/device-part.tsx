// What is this device's own: light or night.
import { chooseTheme, keptTheme, THEMES } from '../theme.ts'
import { Choice } from './form.tsx'
import type { PartProps } from './part.ts'

const WORDS = { auto: 'As the device', light: 'Light', night: 'Night' } as const

export function DevicePart(props: PartProps) {
  const choose = (theme: keyof typeof WORDS) => {
    chooseTheme(theme)
    // What the address says would go before it.
    if (props.address.query('theme'))
      props.address.go(props.address.with({ theme: undefined }), { replace: true })
  }
  return (
    <div class="form">
      <Choice
        label="Colours of the page"
        options={THEMES.map((theme) => [theme, WORDS[theme]] as const)}
        value={keptTheme()}
        choose={choose}
        hint="Kept on this device alone. A screen whose address names a theme goes by that."
      />
    </div>
  )
}
