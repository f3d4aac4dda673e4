// The row of facts under the kitchen's chart: yesterday, two of the household's choice, one of the grid.
import { applianceFact, ovenFact } from './appliance-facts.ts'
import { levelOf } from './levels.ts'
import { isCutOff, type Situation } from './situation.ts'
import { timeText, weekdayText } from './time-words.ts'
import type { Fact } from './view.ts'
import { yesterday } from './yesterday.ts'

export const factsRow = (now: Situation): Fact[] => [
  yesterday(now).brief,
  ...chosenFacts(now).slice(0, 2),
  gridFact(now),
]

/** In a spike what the oven costs comes first. */
function chosenFacts(now: Situation): Fact[] {
  const appliances = now.options.appliances.map((appliance) => applianceFact(now, appliance))
  const oven = now.row && levelOf(now.row, now.levels) === 6 ? ovenFact(now) : undefined
  return oven ? [oven, ...appliances] : appliances
}

/** Without contact how far the forecast reaches matters more than the grid. */
function gridFact(now: Situation): Fact {
  const percent = now.row?.renewablesPercent
  if (percent !== undefined && !isCutOff(now)) {
    return { caption: 'Grid now', text: `${Math.round(percent)}%`, note: 'renewable' }
  }
  const { knownToMs, nowMs, timeZone } = now
  if (knownToMs === undefined || now.clockIsSlow) return { caption: 'Grid now', text: 'Not known' }
  return {
    caption: knownToMs <= nowMs ? 'Forecast ended' : 'Forecast ends',
    text: timeText(knownToMs, timeZone),
    note: weekdayText(knownToMs, timeZone),
  }
}
