// A home's first hours: what has come, what is still to come, and what its owner can do about it.
import type { LocalDate } from './calendar.ts'
import type { HealthAnswer, HistoryAnswer } from './contract.ts'
import { dayAndMonth } from './date-words.ts'
import type { HomeFacts } from './home-facts.ts'
import { counted } from './words.ts'

export interface FirstStep {
  readonly text: string
  readonly isDone: boolean
  /** What is being waited for, or what to do; empty once it is done. */
  readonly note: string
  /** How much of it is there, 0 … 1; absent where that cannot be told. */
  readonly share?: number
}

/** How a token is made and where it is put: it is never typed into a page. */
export const TOKEN_STEPS: readonly string[] = [
  'In the Amber app open Settings, switch on developer mode, and generate a token under Developers.',
  'On the Pi run pi/set-token.sh and paste it there; where npm start runs instead, start it again with the token, as the README shows. Never type it into this app.',
  'Your prices are here some minutes later.',
]

/** Empty once all of it is there, and for a demo, which is complete by itself. */
export function firstSteps(
  { household, prices, usage, amber, pi }: HomeFacts,
  health?: HealthAnswer,
): FirstStep[] {
  if (household?.demo || household?.closedOn !== undefined) return []
  const isRefused = amber.outcome === 'unauthorised'
  const steps: FirstStep[] = [
    step('Your Pi answers', pi.answeredAtMs !== undefined, 'It is asked every few seconds.'),
    step(
      'Amber accepts the token',
      amber.answeredAtMs !== undefined && !isRefused,
      isRefused
        ? 'Amber refused it: make a new one, and put it in on the Pi with pi/set-token.sh.'
        : 'The first sync is to come; it runs every five minutes.',
    ),
    step(
      'Amber lists your home',
      household !== undefined,
      amber.answeredAtMs === undefined || isRefused
        ? 'It is asked once the token is accepted.'
        : 'It lists no site yet, or not the one that AMBER_SITE_ID names. A new account has one once its meter is Amber\u2019s; it is asked again hourly.',
    ),
    step(
      'The first prices',
      prices.length > 0,
      household?.startsOn
        ? `Amber supplies you from ${dayAndMonth(household.startsOn as LocalDate)}.`
        : household
          ? 'They come with the next sync.'
          : 'They come once Amber lists your home.',
    ),
    step('The first usage', usage.length > 0, 'Amber sends each day on the day after.'),
    ...pastStep(health),
  ]
  return steps.every(({ isDone }) => isDone) ? [] : steps
}

function pastStep(health: HealthAnswer | undefined): FirstStep[] {
  const { history } = health ?? {}
  if (!history) return []
  const { prices, usage } = history
  const [fetched, all] = [prices.weeksFetched + usage.weeksFetched, prices.weeks + usage.weeks]
  const partText = (name: string, { weeksFetched, weeks }: HistoryAnswer) =>
    `${name} ${weeksFetched} of ${counted(weeks, 'week')}`
  const past = step(
    'The past, as far as Amber keeps it',
    prices.complete && usage.complete,
    `Fetched: ${partText('usage', usage)}, ${partText('prices', prices)}; more with each sync.`,
  )
  return [{ ...past, ...(all > 0 && !past.isDone && { share: fetched / all }) }]
}

const step = (text: string, isDone: boolean, note: string): FirstStep => ({
  text,
  isDone,
  note: isDone ? '' : note,
})
