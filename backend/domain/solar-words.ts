// Exporting, by what it does to the household: it earns or it costs, never a bare sign.
import { shownCents } from './shown-price.ts'
import type { Situation } from './situation.ts'
import type { Captioned } from './view.ts'
import { money } from './words.ts'

/** Of Amber's signed feed-in price: "earn 8c", "costs 3c", "earn nothing". */
export function exportText(cents: number, earning: 'earn' | 'earns'): string {
  if (Math.round(cents) === 0) return `${earning} nothing`
  return cents > 0 ? `costs ${money(cents)}` : `${earning} ${money(-cents)}`
}

/** "33c", "costs": where there is little room. */
export const shortExportText = (cents: number): string =>
  Math.round(cents) > 0 ? 'costs' : money(Math.abs(cents))

/** Absent without feed-in, or where its price now is not known. */
export function solarExport(now: Situation): Captioned | undefined {
  const cents = exportCents(now)
  return cents === undefined ? undefined : { caption: 'Solar export', text: exportText(cents, 'earns') }
}

/** For the sentence, richest first; nothing where exporting neither costs nor earns 20c. */
export function solarSentences(now: Situation): string[] {
  const cents = exportCents(now)
  if (cents === undefined) return []
  if (Math.round(cents) > 0) {
    const costs = `Exporting costs ${money(cents)}`
    return [`${costs}: use your solar at home.`, `${costs}.`]
  }
  return Math.round(-cents) >= 20 ? [`Exporting earns ${money(-cents)}.`] : []
}

function exportCents({ feedIn, nowMs, row }: Situation): number | undefined {
  const price = feedIn.find(({ startMs, endMs }) => startMs <= nowMs && nowMs < endMs)
  return row && price && shownCents(price)
}
