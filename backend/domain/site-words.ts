// Which of an account's sites is meant, in a few words: what Amber tells of it, and never its meter number.
import type { LocalDate } from './calendar.ts'
import type { SiteAnswer } from './contract.ts'
import { fullDate } from './date-words.ts'

/**
 * "Jemena, since 16 June 2025", "Ausgrid, closed 3 May 2025"; where another reads the same, with the end of its id. The only
 * one needs no more than its network.
 */
export function siteName(site: SiteAnswer, all: readonly SiteAnswer[]): string {
  if (all.length === 1 && site.status === 'active') return networkOf(site)
  const name = wordsOf(site)
  const isAlone = all.every((other) => other.siteId === site.siteId || wordsOf(other) !== name)
  return isAlone ? name : `${name}, id \u2026${site.siteId.slice(-4)}`
}

const networkOf = ({ network }: SiteAnswer): string => network || 'A site'

const wordsOf = (site: SiteAnswer): string => [networkOf(site), stateText(site)].filter(Boolean).join(', ')

function stateText({ status, activeFrom, closedOn }: SiteAnswer): string {
  if (status === 'closed') return closedOn ? `closed ${dateText(closedOn)}` : 'closed'
  if (status === 'pending') return activeFrom ? `from ${dateText(activeFrom)}` : 'not supplied yet'
  return activeFrom ? `since ${dateText(activeFrom)}` : ''
}

/** With its year: a home is often left or come to in another one. */
const dateText = (date: string): string => fullDate(date as LocalDate)

/** "This account has no site 01J23B." */
export function unknownSiteText(siteId: string, isPiReached: boolean): string {
  const named = siteId.length > LONGEST ? `${siteId.slice(0, LONGEST)}\u2026` : siteId
  return isPiReached
    ? `This account has no site ${named}.`
    : `This device knows of no site ${named}, and your Pi can\u2019t be reached.`
}

const LONGEST = 26
