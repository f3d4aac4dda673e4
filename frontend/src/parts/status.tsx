// How certain, how old, and which link is down: always in sight, never only a colour.
import { type JSX, Show } from 'solid-js'
import type { StatusView } from '#domain/view.ts'
import { type Limitation, LimitationText } from './limitation.tsx'
import { StateMark } from './state-mark.tsx'
import { textEms } from './text-width.ts'

const MARK_AND_GAP_EMS = 4
/** Two lines, and what a break leaves empty. */
const REST_LINES = 1.7

/** The number's state at the left, the links at the right; long ones in two lines. */
export function BoardStatus(props: {
  status: StatusView
  limitation: Limitation | undefined
  isKitchen: boolean
  children: JSX.Element
}) {
  // What this device cannot do takes the place of links that all work; a link that is down matters more.
  const limitation = () =>
    isSettled(props.status) || props.limitation?.isCause ? props.limitation : undefined
  const rest = () => {
    const shown = limitation()
    return shown
      ? [shown.text, !props.isKitchen && shown.link?.text].filter(Boolean).join(' ')
      : props.status.links
  }
  const ems = () =>
    textEms(`${props.status.strong} ${props.status.text}`) + textEms(rest()) / REST_LINES + MARK_AND_GAP_EMS
  return (
    <div class="status" style={{ '--ems': ems() }}>
      <StateMark mark={props.status.mark} />
      <p>
        <b>{props.status.strong}</b> {props.status.text}
      </p>
      <p class="rest">
        <Show when={limitation()} fallback={props.status.links}>
          {(shown) => <LimitationText limitation={shown()} isKitchen={props.isKitchen} />}
        </Show>
      </p>
      {props.children}
    </div>
  )
}

/** Under the chart of a phone: two lines at most, at the size of text that is usual. */
export function AgeStrip(props: { status: StatusView; children: JSX.Element }) {
  return (
    <div class="age">
      <StateMark mark={props.status.mark} />
      <p style={{ '--ems': textEms(`${props.status.strong} ${props.status.aged}`) }}>
        <b>{props.status.strong}</b> {props.status.aged}
      </p>
      {props.children}
    </div>
  )
}

const isSettled = ({ mark }: StatusView): boolean => mark === 'live' || mark === 'estimate'
