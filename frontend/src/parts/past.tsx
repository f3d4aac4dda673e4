// Left of the mast: the clock, and what was.
import { Show } from 'solid-js'
import type { NowView } from '#domain/view.ts'
import { SetupCode } from './setup-code.tsx'

export interface PastProps {
  view: NowView
  /** The wall has room for "Tuesday" and "24 November"; a phone for "Tue 24". */
  date: 'long' | 'short'
  /** Where a phone begins; shown instead of what was, as long as somebody needs to know. */
  setupUrl?: string | undefined
}

export function Past(props: PastProps) {
  return (
    <section class="past" aria-label="Until now">
      <p class="clock">{props.view.clock}</p>
      <p class="date">
        <Show when={props.date === 'long' && !props.setupUrl} fallback={props.view.shortDay}>
          {props.view.weekday}
          <br />
          {props.view.day}
        </Show>
      </p>
      <Show when={props.view.demo}>
        <p class="demo">DEMO</p>
      </Show>
      <Show when={props.setupUrl}>{(url) => <SetupCode url={url()} />}</Show>
      <Show when={!props.setupUrl && props.view.before}>
        {(before) => (
          <p class="before">
            {props.date === 'long' ? before().caption : before().short} <b>{before().text}</b>
          </p>
        )}
      </Show>
    </section>
  )
}
