// What the household decides: what stands, and where it is kept.
import { createMemo } from 'solid-js'
import { settingsRows } from '#domain/settings/settings-rows.ts'
import { DEFAULT_TIME_ZONE } from '#domain/time-zone.ts'
import '../look/page.css'
import { PageHead } from '../parts/page-head.tsx'
import { Rows } from '../parts/rows.tsx'
import type { ScreenProps } from '../screens.tsx'

const SENTENCES = {
  sent: 'Your settings are on your Pi, the same on every device.',
  unsent: 'Your last change is kept here until your Pi answers.',
  refused: 'Your Pi did not take the last change.',
} as const

export default function Settings(props: ScreenProps) {
  const rows = createMemo(() => {
    const household = props.state.facts()?.household
    return settingsRows(props.state.settings.current(), {
      household,
      nowMs: props.state.nowMs(),
      timeZone: household?.timeZone ?? DEFAULT_TIME_ZONE,
    })
  })
  return (
    <main class="page">
      <div>
        <PageHead demo={props.view.demo} sentence={SENTENCES[props.state.settings.state()]} />
        <Rows rows={rows()} />
      </div>
    </main>
  )
}
