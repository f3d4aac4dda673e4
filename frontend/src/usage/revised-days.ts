// What Amber has corrected of usage, told by day: a correction of many intervals is one line for who reads it.
import { type LocalDate, localDate } from '#domain/calendar.ts'
import type { UsageRevisionsAnswer } from '#domain/contract.ts'
import { dayInYear } from '#domain/date-words.ts'
import { total } from '#domain/money/total.ts'
import { dollars, energy } from '#domain/words.ts'

export interface RevisedDay {
  readonly localDate: LocalDate
  /** When it was noticed. */
  readonly changedDate: LocalDate
  readonly kwhWas: number
  readonly kwhBecame: number
  readonly centsWas: number
  readonly centsBecame: number
}

/** Below these nobody would see a change. */
const LEAST_KWH = 0.05
const LEAST_CENTS = 0.5
const MOST = 60

/** The newest corrections first. What became billable as it was has not changed. */
export function revisedDays({ revisions }: UsageRevisionsAnswer, timeZone: string): RevisedDay[] {
  const groups = Map.groupBy(
    revisions,
    ({ startAt, changedAt }) =>
      `${localDate(Date.parse(changedAt), timeZone)} ${localDate(Date.parse(startAt), timeZone)}`,
  )
  return [...groups]
    .map(([key, rows]) => {
      const [changedDate, day] = key.split(' ') as [LocalDate, LocalDate]
      return {
        localDate: day,
        changedDate,
        kwhWas: total(rows.map(({ was }) => was.kwh)),
        kwhBecame: total(rows.map(({ was, became }) => (became ?? was).kwh)),
        centsWas: total(rows.map(({ was }) => was.costCents)),
        centsBecame: total(rows.map(({ was, became }) => (became ?? was).costCents)),
      }
    })
    .filter(
      (day) =>
        Math.abs(day.kwhBecame - day.kwhWas) >= LEAST_KWH ||
        Math.abs(day.centsBecame - day.centsWas) >= LEAST_CENTS,
    )
    .sort((a, b) => order(b.changedDate, a.changedDate) || order(b.localDate, a.localDate))
    .slice(0, MOST)
}

/** "3 October: 12.1 kWh became 12.6 kWh, $3.21 became $3.40." */
export function revisedText(day: RevisedDay, today: LocalDate): string {
  const [kwhWas, kwhBecame] = [energy(day.kwhWas), energy(day.kwhBecame)]
  const [was, became] = [dollars(day.centsWas), dollars(day.centsBecame)]
  const changes = [
    kwhWas === kwhBecame ? '' : `${kwhWas} became ${kwhBecame}`,
    was === became ? '' : `${was} became ${became}`,
  ].filter((text) => text !== '')
  return `${dayInYear(day.localDate, today)}: ${changes.join(', ') || 'a little'}.`
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
