// A site whose contract has ended: it has a history and no price, and neither is anybody's fault.
import type { LocalDate } from './calendar.ts'
import { fullDate } from './date-words.ts'
import type { Situation } from './situation.ts'

/** NEM date; null: not known since when. Undefined: it goes on, or there is a price for it all the same. */
export const closedOn = ({ facts, row }: Pick<Situation, 'facts' | 'row'>): string | null | undefined =>
  row ? undefined : facts.household?.closedOn

/** "3 May 2025"; empty where that is not known. */
export function closedText(now: Situation): string {
  const date = closedOn(now)
  return date ? fullDate(date as LocalDate) : ''
}
