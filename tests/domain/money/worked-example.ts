// The worked example of docs/money.md: its inputs are read from the document, and each of its numbers is computed again.
import { type LocalDate, localDay } from '#domain/calendar.ts'
import { HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import { datesOf } from '#domain/local-period.ts'
import { type MeterHistory, meterHistory } from '#domain/meter-history.ts'
import { billEstimate } from '#domain/money/bill.ts'
import { type DatedCharges, feeCents } from '#domain/money/charges.ts'
import { dayCosts } from '#domain/money/day-cost.ts'
import { demandMonth } from '#domain/money/demand.ts'
import { newPeakCents } from '#domain/money/demand-cost.ts'
import { centsOf } from '#domain/money/energy-cost.ts'
import type { EnergyPlan } from '#domain/money/energy-plan.ts'
import { periodCost } from '#domain/money/period-cost.ts'
import { planDays } from '#domain/money/plan-cost.ts'
import { amberSide, worth } from '#domain/money/worth.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { tenths } from '#domain/usage-words.ts'
import { dollars, energy } from '#domain/words.ts'

export interface Example {
  readonly timeZone: string
  readonly fromDate: LocalDate
  readonly toDate: LocalDate
  readonly today: LocalDate
  readonly billingDay: number
  /** Of each half hour that begins within: kWh and cents per kWh; feed-in as Amber signs it. */
  readonly day: readonly {
    readonly from: number
    readonly to: number
    readonly used: number
    readonly price: number
    readonly sold: number
    readonly feedIn: number
  }[]
  /** What the general price of each day is multiplied by. */
  readonly priceTimes: readonly number[]
  readonly oven: { readonly at: string; readonly kwh: number }
  readonly charges: readonly DatedCharges[]
  readonly plans: readonly EnergyPlan[]
}

export function workedNumbers(example: Example): Readonly<Record<string, string>> {
  const history = historyOf(example)
  const { fromDate, toDate, today, charges, billingDay } = example
  const period = { fromDate, toDate }
  const request = { ...period, charges, billingDay }
  const cost = periodCost(dayCosts(history, period, charges))
  const side = amberSide(history, request)
  const [own] = charges
  const demand = own!.demand![0]!
  const month = demandMonth(history, fromDate, demand)
  const bill = billEstimate(history, billingDay, { today, charges })
  return {
    'energy bought': energy(cost.channels.general!.kwh),
    'energy bought, cost': dollars(cost.channels.general!.cents),
    'energy sold': energy(cost.channels.feedIn!.kwh),
    'energy sold, cost': dollars(cost.channels.feedIn!.cents),
    'supply, ten days': dollars(cost.fixed!.supplyCents),
    'subscription, one day': `${feeCents(own!).toFixed(4)}c`,
    'subscription, ten days': dollars(cost.fixed!.feeCents),
    'peak of the month': `${month.peak!.kw.toFixed(1)} kW`,
    'demand, ten days': dollars(cost.fixed!.demandCents),
    'a new peak of 3 kW would add': dollars(newPeakCents(own!, demand, month, 3)),
    'Amber, ten days': dollars(side.cents),
    'average paid': tenths(side.average!.paidCentsPerKwh),
    'average at an even load': tenths(side.average!.evenCentsPerKwh),
    ...Object.assign({}, ...example.plans.map((plan) => planNumbers(history, plan, example))),
    'bill, energy so far': dollars(bill.energySoFarCents),
    'bill, estimate': dollars(bill.estimate!.cents),
    'bill, low': dollars(bill.estimate!.lowCents),
    'bill, high': dollars(bill.estimate!.highCents),
  }
}

function planNumbers(history: MeterHistory, plan: EnergyPlan, example: Example): Record<string, string> {
  const { fromDate, toDate, charges, billingDay } = example
  const days = planDays(history, { fromDate, toDate }, plan)
  const { verdict } = worth(history, plan, { fromDate, toDate, charges, billingDay })
  const sum = (of: (day: (typeof days)[number]) => number) =>
    dollars(days.reduce((all, day) => all + of(day), 0))
  return {
    [`${plan.name}, energy bought`]: sum(({ channels }) => channels.general!.cents),
    [`${plan.name}, energy sold`]: sum(({ channels }) => channels.feedIn!.cents),
    [`${plan.name}, supply and fees`]: sum(({ fixed }) => fixed!.cents),
    [`${plan.name}, ten days`]: sum(({ energyCents, fixed }) => energyCents + fixed!.cents),
    [`${plan.name}, saved with Amber`]: dollars(verdict!.savedCents),
    [`${plan.name}, skill`]: dollars(verdict!.skillCents),
    [`${plan.name}, luck`]: dollars(verdict!.luckCents),
    [`${plan.name}, charges`]: dollars(verdict!.chargesCents),
  }
}

function historyOf({ timeZone, fromDate, toDate, day, priceTimes, oven }: Example): MeterHistory {
  const usage = datesOf({ fromDate, toDate }).flatMap((date, index) => {
    const { startMs } = localDay(date, timeZone)
    return Array.from({ length: 48 }, (_, half) => {
      const own = day.find(({ from, to }) => from <= half / 2 && half / 2 < to)!
      const at = startMs + half * 30 * MINUTE_MS
      const isOven = at === Date.parse(oven.at)
      return [
        row('general', 'E1', at, isOven ? oven.kwh : own.used, own.price * priceTimes[index]!),
        row('feedIn', 'B1', at, own.sold, own.feedIn),
      ]
    }).flat()
  })
  return meterHistory(usage, { timeZone, intervalMinutes: 30 })
}

const row = (
  channel: UsageInterval['channel'],
  identifier: string,
  startMs: number,
  kwh: number,
  centsPerKwh: number,
): UsageInterval => ({
  channel,
  identifier,
  startMs,
  endMs: startMs + HOUR_MS / 2,
  kwh,
  costCents: centsOf(kwh, centsPerKwh),
  centsPerKwh,
  quality: 'billable',
})
