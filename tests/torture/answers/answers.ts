// Thousands of answers that are spoilt, each in the middle of a household's life: no sync may crash over one, nothing may be
// lost by one, and what is stored is what Amber told before it was spoilt, or nothing.
import { addDays, nemDate } from '#domain/calendar.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import { createAmberClient } from '../../../backend/amber/client.ts'
import { createSimulator, DEMO_TOKEN } from '../../../backend/simulator/server.ts'
import { type SimulatedSite, VICTORIAN_SITE } from '../../../backend/simulator/sites.ts'
import { openForWriting } from '../../../backend/store/open.ts'
import { runSync } from '../../../backend/sync/run.ts'
import { differences, toldIn, untruths, vanished } from '../compare.ts'
import { createDice } from '../dice.ts'
import { storedFacts } from '../facts.ts'
import { createFolder } from '../folder.ts'
import { SOLAR_SITE, UNHURRIED_MS } from '../home.ts'
import { inLanes } from '../lanes.ts'
import type { Row } from '../report.ts'
import { everything, expected } from '../truth.ts'
import { createLiveFacts, storedLive } from './live-facts.ts'
import { type Kind, openMutatingAmber } from './mutating-amber.ts'
import { type Manner, MUTATIONS } from './mutations.ts'

const ANSWERS_A_HOME = 100
const START_MS = Date.parse('2026-03-10T09:01:00+10:00')
/** An answer takes 9 hours of a household's life on average; afterwards there are 8 days. */
const lifeMs = (answers: number): number => (16 + 0.6 * answers) * DAY_MS
const MANNERS = Object.keys(MUTATIONS) as Manner[]

export async function runAnswers(seed: number, answers = 2000): Promise<Row[]> {
  const count = Math.max(MANNERS.length, Math.ceil(answers / ANSWERS_A_HOME))
  const homes = Array.from({ length: count }, (_, index) => index)
  const rows = await inLanes(homes, (index) =>
    answersToHome(seed, index, MANNERS[index % MANNERS.length] as Manner, Math.ceil(answers / count)),
  )
  return MANNERS.filter((manner) => rows.some(({ name }) => name === manner)).map((manner) => {
    const of = rows.filter(({ name }) => name === manner)
    return {
      part: 'answers',
      name: manner,
      rounds: of.reduce((sum, { rounds }) => sum + rounds, 0),
      faults: of.reduce((sum, { faults }) => sum + faults, 0),
      losses: of.flatMap(({ losses }) => losses),
    }
  })
}

/** Until that kind of question is asked again. */
const DUE_MS: Record<Kind, number> = {
  current: 5 * MINUTE_MS,
  prices: 65 * MINUTE_MS,
  usage: 24 * HOUR_MS + 5 * MINUTE_MS,
  sites: 24 * HOUR_MS + 5 * MINUTE_MS,
}
const ODDS: readonly Kind[] = [
  ...Array<Kind>(5).fill('current'),
  ...Array<Kind>(5).fill('prices'),
  ...Array<Kind>(4).fill('usage'),
  'sites',
]

async function answersToHome(seed: number, index: number, manner: Manner, answers: number): Promise<Row> {
  const dice = createDice(seed, `answers ${index}`)
  const home = await openSpoiltHome(seed, {
    isFine: index % 3 === 1 && answers > 10,
    lifeMs: lifeMs(answers),
  })
  const losses: string[] = []
  let rounds = 0
  const sync = async (what: string) => {
    rounds += 1
    try {
      await home.sync()
    } catch (error) {
      losses.push(`${what}: crashed with ${(error as Error).stack?.slice(0, 600)}`)
    }
  }
  try {
    for (let run = 0; run < 3; run++, home.clock.now += 5 * MINUTE_MS) await sync('at first')
    let before = storedFacts(home.db)
    while (home.amber.spoilt() < answers && rounds < 4 * answers) {
      const kind = dice.pick(ODDS)
      const mutation = dice.pick(MUTATIONS[manner])
      const what = `${manner} ${MUTATIONS[manner].indexOf(mutation)} of ${kind}`
      home.clock.now += DUE_MS[kind]
      home.amber.spoil(kind, (text) => mutation(text, dice))
      await sync(what)
      const after = storedFacts(home.db)
      const wrong = [...vanished(before, after), ...untruths(after, home.told), ...home.liesNow()]
      if (wrong.length > 0) losses.push(`${what}: ${wrong.length} wrong, first: ${wrong[0]}`)
      before = after
    }
    home.amber.spoil(undefined)
    await recover(home, sync)
    losses.push(...home.checkWhole())
  } finally {
    await home.close()
  }
  return { part: 'answers', name: manner, rounds, faults: home.amber.spoilt(), losses }
}

/** Good answers again, for as long as it takes to ask every question once more. */
async function recover(home: SpoiltHome, sync: (what: string) => Promise<void>): Promise<void> {
  for (let hour = 0; hour < 8 * 24; hour += 12, home.clock.now += 12 * HOUR_MS) await sync('afterwards')
  await sync('afterwards')
}

type SpoiltHome = Awaited<ReturnType<typeof openSpoiltHome>>

async function openSpoiltHome(seed: number, { isFine, lifeMs }: { isFine: boolean; lifeMs: number }) {
  const clock = { now: START_MS }
  const activeFrom = addDays(nemDate(START_MS), isFine ? -2 : -16)
  const sites: SimulatedSite[] = [{ ...(isFine ? SOLAR_SITE : VICTORIAN_SITE), activeFrom }]
  const simulator = createSimulator({
    clock: () => clock.now,
    seed,
    sites,
    faults: { usageStages: { '*': 'billable' } },
  })
  const live = createLiveFacts()
  const amber = await openMutatingAmber(simulator, live.learn)
  const folder = createFolder()
  const db = openForWriting(`${folder.path}/cache.sqlite`, () => 'epoch-1')
  const told = toldIn(everything({ sites, truth: simulator.truth, nowMs: START_MS + lifeMs }))
  const now = () => clock.now
  const client = createAmberClient({
    baseUrl: amber.url,
    token: DEMO_TOKEN,
    now,
    timeoutMs: UNHURRIED_MS,
  })
  return {
    clock,
    amber,
    db,
    told,
    sync: () =>
      runSync({
        db,
        amber: client,
        now,
        sleep: async (ms) => {
          clock.now += ms
        },
      }),
    liesNow: () => untruths(storedLive(db), live.told),
    checkWhole: () =>
      differences(
        storedFacts(db),
        expected({ sites, truth: simulator.truth, nowMs: clock.now, begunMs: START_MS }),
      ),
    close: async () => {
      db.close()
      await amber.close()
      folder.remove()
    },
  }
}
