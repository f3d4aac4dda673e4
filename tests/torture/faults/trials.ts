// Everything that is known to go wrong at Amber, on the way there and at this machine: when it does, and what it does.
import { addDays, type NemDate, nemDate } from '#domain/calendar.ts'
import { DAY_MS, HOUR_MS, type Interval, MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import type { Endpoint, Faults, Outage, UnknownWord } from '../../../backend/simulator/faults.ts'
import { reopenedSite, type SimulatedSite, VICTORIAN_SITE } from '../../../backend/simulator/sites.ts'
import type { UsageStage } from '../../../backend/simulator/usage-record.ts'
import type { Dice } from '../dice.ts'
import { type Home, SOLAR_SITE } from '../home.ts'

export interface Trial {
  readonly name: string
  /** What the account holds when it begins. */
  readonly sites: (startMs: number) => readonly SimulatedSite[]
  readonly events: (dice: Dice, span: Interval) => readonly Event[]
}

export interface Event {
  readonly atMs: number
  readonly happens: (home: Home) => void
  /** From then on something is wrong. */
  readonly isWrong: boolean
}

/** A little more than is asked for again daily. */
const HISTORY_DAYS = 18
const since = (startMs: number): NemDate => addDays(nemDate(startMs), -HISTORY_DAYS)

const halfHourSite = (startMs: number) => [{ ...VICTORIAN_SITE, activeFrom: since(startMs) }]
const fiveMinuteSite = (startMs: number) => [{ ...SOLAR_SITE, activeFrom: since(startMs) }]
/** The same house billed by half hours: a week of it takes a fifth of the time. */
const solarSite = (startMs: number) => [{ ...fiveMinuteSite(startMs)[0]!, intervalLength: 30 as const }]

/** Goes wrong and right again, for some minutes or half a day at a time; each time in its own way. */
const atTimes =
  (wrong: (dice: Dice) => Faults): Trial['events'] =>
  (dice, span) => {
    const events: Event[] = []
    for (let ms = span.startMs; ms < span.endMs; ) {
      const set = wrong(dice)
      const untilMs = Math.min(span.endMs, ms + dice.pick([4, 35, 190, 800]) * MINUTE_MS)
      events.push(
        { atMs: ms, isWrong: true, happens: ({ faults }) => void Object.assign(faults, set) },
        { atMs: untilMs, isWrong: false, happens: ({ faults }) => clear(faults, set) },
      )
      ms = untilMs + dice.pick([6, 50, 150, 300]) * MINUTE_MS
    }
    return events
  }

function clear(faults: Faults, set: Faults): void {
  for (const name of Object.keys(set)) delete faults[name as keyof Faults]
}

const always =
  (set: Faults): Trial['events'] =>
  (_, { startMs, endMs }) => [
    { atMs: startMs, isWrong: true, happens: ({ faults }) => void Object.assign(faults, set) },
    { atMs: endMs, isWrong: false, happens: ({ faults }) => clear(faults, set) },
  ]

const outage = (kinds: readonly Outage['kind'][], on?: readonly Endpoint[]) => (dice: Dice) => ({
  outages: [{ kind: dice.pick(kinds), ...(on && { on }), ...(dice.next() < 0.3 && { times: 3 }) }],
})

const anyUsage =
  (...stages: UsageStage[]) =>
  (dice: Dice): Faults => ({ usageStages: { '*': dice.pick(stages) } })

const WORDS: readonly UnknownWord[] = [
  'type',
  'descriptor',
  'spikeStatus',
  'channelType',
  'quality',
  'status',
  'period',
]

/** Of this account, other programs have used some or all of the calls. */
const quotaSpent: Trial['events'] = (dice, span) =>
  everyHour(span).flatMap((atMs) => {
    const calls = dice.between(25, 60)
    return [
      { atMs, isWrong: true, happens: ({ simulator, clock }) => simulator.quota.spend(clock.now, calls) },
    ]
  })

const everyHour = ({ startMs, endMs }: Interval): number[] =>
  Array.from({ length: Math.floor((endMs - startMs) / HOUR_MS) }, (_, hour) => startMs + hour * HOUR_MS)

/** On a day in the middle of the week the account is another one. */
const onDay =
  (day: number, sites: (startMs: number) => readonly SimulatedSite[]): Trial['events'] =>
  (_, { startMs }) => [
    {
      atMs: startMs + day * DAY_MS,
      isWrong: true,
      happens: ({ faults }) => {
        faults.sites = sites(startMs)
      },
    },
  ]

const dayOf = (startMs: number, day: number): NemDate => addDays(nemDate(startMs), day)

const movedSites = (startMs: number) => reopenedSite(solarSite(startMs)[0]!, dayOf(startMs, 3))

const twoSites = (startMs: number) => [
  { ...VICTORIAN_SITE, activeFrom: since(startMs) },
  { ...VICTORIAN_SITE, id: '01JY6T2WD4N8PZ5E3QV7KA9HGN', nmi: '6001000024', activeFrom: since(startMs) },
]

/** Now the one, now the other, now both. */
const leftOut: Trial['events'] = (dice, span) =>
  atTimes((each) => ({
    sites: each.pick([twoSites(span.startMs).slice(1), twoSites(span.startMs).slice(0, 1), []]),
  }))(dice, span)

const wrongClock: Trial['events'] = (dice, span) => {
  const ahead = [9 * SECOND_MS, -50 * SECOND_MS, 95 * MINUTE_MS, -11 * HOUR_MS, 3 * DAY_MS, -40 * DAY_MS]
  return atTimes(() => ({}))(dice, span).map(({ atMs, isWrong }) => {
    const aheadMs = isWrong ? dice.pick(ahead) : 0
    return {
      atMs,
      isWrong,
      happens: ({ clock }) => {
        clock.aheadMs = aheadMs
      },
    }
  })
}

const BAD_ANSWERS: readonly ((dice: Dice) => Faults)[] = [
  outage([500, 502, 503, 504]),
  outage(['html', 'reset', 'throttled', 'empty']),
  outage([500, 'empty'], ['usage', 'prices']),
  () => ({ tokensRevoked: true }),
  () => ({ quotaExhausted: true }),
  () => ({ missingPrevious: true, missingForecasts: true }),
  () => ({ missingActuals: 0.3 }),
  (dice) => ({ unknownWords: { [dice.pick(WORDS)]: 'odd' }, tariffInformation: 'absent' }),
  anyUsage('late', 'partlyEstimated', 'estimated', 'mispriced'),
]

export const TRIALS: readonly Trial[] = [
  { name: 'nothing is wrong', sites: fiveMinuteSite, events: () => [] },
  { name: 'quota used up by others (429 with headers)', sites: solarSite, events: quotaSpent },
  {
    name: 'quota used up, told without headers',
    sites: halfHourSite,
    events: atTimes(() => ({ quotaExhausted: true, quotaSilent: true })),
  },
  { name: 'stray 429 without headers', sites: halfHourSite, events: atTimes(outage(['throttled'])) },
  { name: '500, 502, 503, 504', sites: halfHourSite, events: atTimes(outage([500, 502, 503, 504])) },
  { name: '403, token revoked', sites: halfHourSite, events: atTimes(() => ({ tokensRevoked: true })) },
  { name: 'empty answers', sites: halfHourSite, events: atTimes(outage(['empty'])) },
  {
    name: 'previous rows missing',
    sites: fiveMinuteSite,
    events: atTimes(() => ({ missingPrevious: true })),
  },
  { name: 'forecasts missing', sites: solarSite, events: atTimes(() => ({ missingForecasts: true })) },
  {
    name: 'range and advancedPrice missing',
    sites: halfHourSite,
    events: atTimes((dice) => ({ missingRange: dice.next() < 0.7, missingAdvancedPrice: dice.next() < 0.7 })),
  },
  { name: 'settled rows missing', sites: halfHourSite, events: atTimes(() => ({ missingActuals: 0.2 })) },
  { name: 'price never settles while it runs', sites: solarSite, events: always({ neverSettled: true }) },
  {
    name: 'current row an interval behind',
    sites: halfHourSite,
    events: atTimes(() => ({ staleCurrent: true })),
  },
  { name: 'usage late', sites: halfHourSite, events: atTimes(anyUsage('late')) },
  {
    name: 'usage estimated, then revised',
    sites: halfHourSite,
    events: atTimes(anyUsage('partlyEstimated', 'estimated', 'billable')),
  },
  { name: 'usage priced anew', sites: halfHourSite, events: atTimes(anyUsage('mispriced', 'billable')) },
  {
    name: 'exported energy below zero',
    sites: solarSite,
    events: atTimes(() => ({ negativeExportKwh: true })),
  },
  {
    name: 'half hours to 5 minutes, in this week',
    sites: (startMs) => solarSite(startMs).map((site) => ({ ...site, fiveMinuteFrom: dayOf(startMs, 3) })),
    events: onDay(3, (startMs) =>
      solarSite(startMs).map((site) => ({ ...site, fiveMinuteFrom: dayOf(startMs, 3) })),
    ),
  },
  {
    name: 'half hours to 5 minutes, told two days late',
    sites: solarSite,
    events: onDay(4, (startMs) =>
      solarSite(startMs).map((site) => ({ ...site, fiveMinuteFrom: dayOf(startMs, 2) })),
    ),
  },
  {
    name: 'a channel more',
    sites: solarSite,
    events: onDay(3, (startMs) =>
      solarSite(startMs).map((site) => ({
        ...site,
        channels: [...site.channels, { identifier: 'E2', type: 'controlledLoad', tariff: 'EA030' }],
      })),
    ),
  },
  {
    name: 'site closed, a new one, order swapped',
    sites: solarSite,
    events: (dice, span) => [
      ...onDay(3, movedSites)(dice, span),
      ...atTimes(() => ({ sitesSwapped: true }))(dice, span),
    ],
  },
  {
    name: 'a site left out of /sites',
    sites: twoSites,
    events: leftOut,
  },
  {
    name: 'no site yet, then one',
    sites: (startMs) => [{ ...VICTORIAN_SITE, status: 'pending', activeFrom: dayOf(startMs, 2) }],
    events: onDay(2, (startMs) => [{ ...VICTORIAN_SITE, activeFrom: dayOf(startMs, 2) }]),
  },
  {
    name: 'no answer within 30 s',
    sites: halfHourSite,
    events: atTimes(() => ({ delayMs: 30 * SECOND_MS })),
  },
  { name: 'connection broken', sites: halfHourSite, events: atTimes(outage(['reset'])) },
  { name: '200 with HTML', sites: halfHourSite, events: atTimes(outage(['html'])) },
  {
    name: 'words nobody knows',
    sites: halfHourSite,
    events: atTimes((dice) => ({ unknownWords: { [dice.pick(WORDS)]: 'odd', [dice.pick(WORDS)]: 'odder' } })),
  },
  { name: 'renewables 108', sites: halfHourSite, events: atTimes(() => ({ renewablesPercent: 108 })) },
  {
    name: 'tariffInformation null or absent',
    sites: halfHourSite,
    events: atTimes((dice) => ({ tariffInformation: dice.pick(['null', 'absent']) })),
  },
  { name: 'this machine’s clock wrong', sites: halfHourSite, events: wrongClock },
  {
    name: 'everything by turns',
    sites: solarSite,
    events: atTimes((dice) => dice.pick(BAD_ANSWERS)(dice)),
  },
]
