// What the kitchen says of an appliance: start it now, or when, and what that saves.
import type { Appliance } from './advice.ts'
import { applianceAdvice } from './appliance-advice.ts'
import { shownCents } from './shown-price.ts'
import type { Situation } from './situation.ts'
import { timeText } from './time-words.ts'
import type { Fact } from './view.ts'
import { money, nearest, shownDifference } from './words.ts'

export function applianceFact(now: Situation, appliance: Appliance): Fact {
  const caption = appliance.caption ?? appliance.name
  if (!now.row) return { caption, text: 'Can\u2019t tell', note: 'no price' }
  const advice = applianceAdvice(now, appliance)
  if (advice.action === 'unknown') return { caption, text: 'Can\u2019t tell', note: 'no forecast' }
  if (advice.action === 'run') {
    return { caption, text: appliance.runNow ?? 'Run it now', note: costText(advice.nowCostCents!) }
  }
  const { costCents, nowCostCents } = advice
  const kept =
    nowCostCents === undefined
      ? costText(costCents)
      : `saves ${money(shownDifference(nowCostCents, costCents))}`
  if (advice.startMs <= now.nowMs) return { caption, text: 'Now, in parts', note: kept }
  // Who starts it then and lets it run on does not keep what the pauses save.
  const note = advice.blocks.length > 1 ? `in parts, ${kept}` : kept
  return { caption, text: timeText(advice.startMs, now.timeZone), note }
}

/** What an hour of it costs at the price of this moment. */
export function ovenFact({ row, certainty, options }: Situation): Fact | undefined {
  if (!row) return undefined
  const cents = options.ovenKw * shownCents(row)
  const note = certainty === 'live' ? 'an hour' : 'an hour, maybe'
  return { caption: `Oven on, ${options.ovenKw} kW`, text: money(cents), note }
}

const costText = (cents: number): string => (nearest(cents) < 0 ? `earns ${money(-cents)}` : money(cents))
