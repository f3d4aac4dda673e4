// What Amber has corrected afterwards, by day: it tells of no correction, so the Pi keeps the only record.
import type { LocalDate } from './calendar.ts'
import { CHANNEL_NAMES, costText } from './channel-rows.ts'
import type { UsageRevisionsAnswer } from './contract.ts'
import { shortDay } from './date-words.ts'
import { HOUR_MS } from './interval.ts'
import { total } from './money/total.ts'
import type { Channel } from './price.ts'
import { spanText, unbroken } from './time-words.ts'
import { energy } from './words.ts'

type Revision = UsageRevisionsAnswer['revisions'][number]
type Reading = Revision['was']

export interface RevisedDay {
  readonly localDate: LocalDate
  readonly channel: Channel
  /** "Sat 3 Oct" */
  readonly day: string
  /** "12.1 kWh became 12.6 kWh, $3.20 became $3.38" */
  readonly text: string
  /** "Mon 5 Oct": when it was noticed. */
  readonly noticed: string
}

/**
 * One for each day, channel and day of correction, the newest correction first. Readings corrected to the same again are
 * left out, and so is what became billable as it was: nothing has changed.
 */
export function revisedDays(revisions: readonly Revision[]): RevisedDay[] {
  const groups = Map.groupBy(revisions, ({ startAt, changedAt, channel }) =>
    [dateOf(changedAt), dateOf(startAt), channel].join(' '),
  )
  return [...groups]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .flatMap(([, rows]) => {
      const text = changeText(rows)
      const { startAt, changedAt, channel } = rows[0]!
      if (text === '') return []
      return [
        {
          localDate: dateOf(startAt),
          channel,
          day: shortDay(dateOf(startAt)),
          text: `${CHANNEL_NAMES[channel]}${partText(rows)}: ${text}`,
          noticed: shortDay(dateOf(changedAt)),
        },
      ]
    })
}

/** Times in the contract bear the home's offset, so their first ten letters are its date. */
const dateOf = (iso: string): LocalDate => iso.slice(0, 'YYYY-MM-DD'.length) as LocalDate

/** A day of Amber's ends an hour into one of the home's in summer: of what is less than a day is said how much it is. */
function partText(rows: readonly Revision[]): string {
  const ms = total(rows.map(({ startAt, endAt }) => Date.parse(endAt) - Date.parse(startAt)))
  return ms < 20 * HOUR_MS ? `, ${spanText(ms)}` : ''
}

type KnownChange = Revision & { readonly became: Reading }

const known = (rows: readonly Revision[]): KnownChange[] =>
  rows.filter((row): row is KnownChange => row.became !== null)

function changeText(rows: readonly Revision[]): string {
  const changes = known(rows)
  const of = (read: (reading: Reading) => number) => [
    total(changes.map(({ was }) => read(was))),
    total(changes.map(({ became }) => read(became))),
  ]
  const [wasKwh, kwh] = of((reading) => reading.kwh)
    .map(energy)
    .map(unbroken)
  const [wasCost, cost] = of((reading) => reading.costCents).map(costText)
  const texts = [
    ...(wasKwh === kwh ? [] : [`${wasKwh} became ${kwh}`]),
    ...(wasCost === cost ? [] : [`${wasCost} became ${cost}`]),
    ...(changes.length < rows.length ? ['now measured in other intervals'] : []),
  ]
  return texts.join(', ')
}
