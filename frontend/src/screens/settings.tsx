// What the household decides: what stands and where it is kept, and one part of it at a time to be changed.
import { createEffect, createMemo, Index, on, Show } from 'solid-js'
import { settingsNews } from '#domain/settings/settings-news.ts'
import { settingsRows } from '#domain/settings/settings-rows.ts'
import { DEFAULT_TIME_ZONE } from '#domain/time-zone.ts'
import '../look/pages.css'
import '../look/settings.css'
import { PageHead } from '../parts/page-head.tsx'
import type { ScreenProps } from '../screens.tsx'
import { AppliancesPart } from '../settings/appliances-part.tsx'
import { ChargesPart } from '../settings/charges-part.tsx'
import { DemandPart } from '../settings/demand-part.tsx'
import { DevicePart } from '../settings/device-part.tsx'
import { ForecastPart } from '../settings/forecast-part.tsx'
import { HomePart } from '../settings/home-part.tsx'
import { LevelsPart } from '../settings/levels-part.tsx'
import { hasSites } from '../settings.ts'
import { keptTheme } from '../theme.ts'

const PARTS = {
  home: HomePart,
  charges: ChargesPart,
  demand: DemandPart,
  appliances: AppliancesPart,
  levels: LevelsPart,
  forecast: ForecastPart,
  device: DevicePart,
} as const

const THEME_WORDS = { auto: 'Light and night as the device', light: 'Light', night: 'Night' } as const

export default function Settings(props: ScreenProps) {
  const household = () => props.state.facts()?.household
  const timeZone = () => household()?.timeZone ?? DEFAULT_TIME_ZONE
  const rows = createMemo(() => [
    ...settingsRows(props.state.settings.current(), {
      household: household(),
      nowMs: props.state.nowMs(),
      timeZone: timeZone(),
    }),
    { part: 'device', caption: 'This device', text: THEME_WORDS[keptTheme()], note: '' } as const,
  ])
  const isPiReached = () => props.state.facts()?.pi.lostSinceMs === undefined
  const news = createMemo(() => {
    const { record, writer, state, overruled } = props.state.settings
    const contact = {
      record: record(),
      writer: writer(),
      state: state(),
      overruled: overruled(),
      isPiReached: isPiReached(),
    }
    return settingsNews(contact, props.state.nowMs(), timeZone())
  })
  const part = () => rows().find((row) => row.part === props.address.query('part'))
  let heading: HTMLHeadingElement | undefined
  createEffect(
    on(
      () => part()?.part,
      () => heading?.focus(),
      { defer: true },
    ),
  )
  const to = (name: string) => props.address.to('settings', { part: name })
  return (
    <main class="page settings" classList={{ open: part() !== undefined }}>
      <div>
        <PageHead demo={props.view.demo} sentence={news().sentence}>
          <p class="second after">{news().detail}</p>
        </PageHead>
        <Show when={news().notice}>
          <section class="notice" aria-label="From another device">
            <p>{news().notice}</p>
            <button class="chip" type="button" onClick={() => void props.state.settings.settle()}>
              I have seen it
            </button>
          </section>
        </Show>
        <ul class="go rows-go">
          <Index each={rows()}>
            {(row) => (
              <li>
                <a href={to(row().part)} aria-current={row().part === part()?.part ? 'true' : undefined}>
                  <span>{row().caption}</span>
                  <span class="value">
                    {row().text} <small>{row().note}</small>
                  </span>
                </a>
              </li>
            )}
          </Index>
        </ul>
        <p class="second rule">
          Each is kept by itself, for the whole household. If two devices change one while apart, one change
          stands, and the other device is told here.
        </p>
      </div>
      <Show when={part()}>
        {(shown) => (
          <section class="part" aria-labelledby="part">
            <a class="back" href={props.address.to('settings')}>
              ← All settings
            </a>
            <h2 id="part" tabindex="-1" ref={heading}>
              {shown().caption}
            </h2>
            <Show when={hasSites(props.state) && shown().part !== 'device'}>
              <p class="second">The same for every site of the account.</p>
            </Show>
            <Show keyed when={shown().part}>
              {(name) => {
                const Part = PARTS[name]
                return (
                  <Part
                    state={props.state}
                    address={props.address}
                    where={isPiReached() ? 'Saved on your Pi.' : 'Kept here until your Pi answers.'}
                  />
                )
              }}
            </Show>
          </section>
        )}
      </Show>
    </main>
  )
}
