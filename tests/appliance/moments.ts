// When the plug is pulled: most of any hour is idle, so each cut waits for something that can be seen from outside, and then for
// a moment more. The same seed waits for the same.
import { setTimeout as passed } from 'node:timers/promises'
import { keyOf, uniformAt } from '../../backend/simulator/hash.ts'

export type Moment = { readonly afterMs: number } & (
  | {
      readonly work: 'refresh'
      /** A new one asks for everything; one that was cut off goes on where it was. */
      readonly household: 'new' | 'cut off'
      /** So many questions to Amber, or writes to the database's log. */
      readonly at: 'question' | 'write'
      readonly nth: number
    }
  | { readonly work: 'start'; readonly at: (typeof STARTS)[number] }
  /** A step of pi/update.sh, as it says it. */
  | { readonly work: 'update'; readonly at: (typeof STEPS)[number] }
)
export type Work = Moment['work']

/** The first process; the server's process; its first answer. */
const STARTS = ['power', 'server', 'answer'] as const
const STEPS = [
  ...['fetch', 'build', 'smoke', 'seal', 'hold', 'copy', 'trial', 'migrate', 'switch', 'restart', 'prove'],
  ...['keep', 'checkout', 'units'],
] as const

/** In a shuffled order; but a household that was cut off comes right after the new one, while it still has calls to make. */
export function momentsOf(seed: number, rounds: Readonly<Record<Work, number>>): Moment[] {
  const draw = createDraw(seed)
  const steps = draw.shuffled(STEPS)
  const groups = [
    ...times(rounds.refresh / 2, () => [aRefresh(draw, 'new'), aRefresh(draw, 'cut off')]),
    ...times(rounds.start, (at) => [aStart(draw, STARTS[at % STARTS.length] as (typeof STARTS)[number])]),
    ...times(rounds.update, (at) => [
      // Some steps are over at once, and some take seconds.
      {
        work: 'update',
        at: steps[at % steps.length] as (typeof STEPS)[number],
        afterMs: 600 * draw.next() ** 2,
      } as const,
    ]),
  ]
  return draw.shuffled(groups).flat()
}

function aRefresh(draw: Draw, household: 'new' | 'cut off'): Moment {
  const at = draw.next() < 0.5 ? 'question' : 'write'
  // The first is for the sites, of which nothing has been told yet.
  const nth = 2 + Math.floor(draw.next() * (at === 'question' ? 5 : 10))
  return { work: 'refresh', household, at, nth, afterMs: 40 * draw.next() }
}

const LASTS_MS = { power: 700, server: 400, answer: 300 } as const

const aStart = (draw: Draw, at: (typeof STARTS)[number]): Moment => ({
  work: 'start',
  at,
  afterMs: LASTS_MS[at] * draw.next(),
})

export function momentWords({ afterMs, ...moment }: Moment): string {
  const at = {
    refresh: () => (moment.work === 'refresh' ? `${moment.at} ${moment.nth}, ${moment.household}` : ''),
    start: () => `${moment.at}`,
    update: () => `"${moment.at}"`,
  }[moment.work]()
  return `${moment.work}: ${at}, ${Math.round(afterMs)} ms after`
}

/** False where it took too long. */
export async function comes(isSo: () => boolean | Promise<boolean>, patienceMs: number): Promise<boolean> {
  for (const end = performance.now() + patienceMs; performance.now() < end; await passed(1))
    if (await isSo()) return true
  return false
}

interface Draw {
  next(): number
  shuffled<T>(items: readonly T[]): T[]
}

function createDraw(seed: number): Draw {
  const key = keyOf(seed, 'cuts')
  let drawn = 0
  const next = () => uniformAt(key, drawn++)
  return {
    next,
    shuffled: (items) =>
      items
        .map((item) => ({ item, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item),
  }
}

const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at))
