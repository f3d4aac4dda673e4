// The plug is pulled in the middle of something, again and again; then the machine boots, and all that it had told is there.
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as passed } from 'node:timers/promises'
import { expect } from 'vitest'
import { temporaryFolder } from '../backend/temporary.ts'
import { inspect } from '../torture/power/autopsy.ts'
import { type Found, judge } from '../torture/power/judge.ts'
import { tableLines } from '../torture/power/table.ts'
import { createWitness, type Witness } from '../torture/power/witness.ts'
import { type Amber, newHousehold, STATE, SYNC } from './household.ts'
import type { Machine } from './machine.ts'
import { comes, type Moment, momentsOf, momentWords, type Work } from './moments.ts'
import { canStillBeUpdated, quickBuilds, settled } from './newer.ts'
import { begin, looks } from './works.ts'

const SECOND = 1000
export const FIFTY: Rounds = { refresh: 20, start: 18, update: 12 }
/** What every change is tried with. */
export const TEN: Rounds = { refresh: 4, start: 3, update: 3 }
type Rounds = Readonly<Record<Work, number>>

export async function losesNothing(
  machine: Machine,
  amber: Amber,
  seed: number,
  rounds: Rounds,
): Promise<void> {
  await quickBuilds(machine)
  let witness = await newWitness(machine, amber)
  await machine.told('systemctl', 'start', '--no-block', SYNC)
  await machine.untilHealthy(60 * SECOND, ({ source }) => source === 'live')
  const cuts: Cut[] = []
  for (const moment of momentsOf(seed, rounds)) {
    if (moment.work === 'refresh' && moment.household === 'new') witness = await newWitness(machine, amber)
    const cut = await cutOff(machine, amber, witness, moment)
    cuts.push(cut)
    tell(`${cuts.length}. ${cellsOf(cut).join(' · ')}`)
  }
  tell(tableLines(HEAD, cuts.map(cellsOf)).join('\n'))
  // Or all of it would have been beside the point.
  for (const work of Object.keys(rounds) as Work[])
    expect(cuts.filter((cut) => cut.moment.work === work && cut.met).length, work).toBeGreaterThan(
      rounds[work] * 0.4,
    )
  await canStillBeUpdated(machine)
}

/** At once, for whoever waits for fifty. */
const tell = (text: string): void => void process.stderr.write(`${text}\n`)

interface Cut {
  readonly moment: Moment
  /** What went on in that very moment. */
  readonly amid: string
  /** The work had begun and was not over; of a refresh: it had written, and would have gone on. */
  readonly met: boolean
  readonly told: string
  readonly healthyMs: number
}

const HEAD = ['cut at', 'in the middle of', 'had told: revision, facts, refreshes, setting', 'healthy after']
const cellsOf = ({ moment, amid, told, healthyMs }: Cut): string[] => [
  momentWords(moment),
  amid,
  told,
  `${(healthyMs / SECOND).toFixed(1)} s`,
]

async function cutOff(machine: Machine, amber: Amber, witness: Witness, moment: Moment): Promise<Cut> {
  await witness.decide()
  await witness.listen()
  const before = witness.told().revision
  const work = await begin(machine, amber, moment)
  // Most of a minute of an update nothing new is told: to ask without a pause would only keep the machine from its work.
  const listening = listen(witness, moment.work === 'update' ? 100 : 10)
  await comes(work.isMoment, 60 * SECOND)
  await passed(moment.afterMs)
  const { amid, goesOn } = work.state()
  await machine.cut()
  await listening.end()

  const words = momentWords(moment)
  const [told, found] = [witness.told(), stateOn(machine.disk)]
  expect({ ...judge(told, found), aside: found.aside }, words).toEqual({
    ...{ runs: 0, facts: 0, settings: 0, verdicts: [], aside: [] },
  })
  await machine.boot()
  const healthyMs = await machine.untilHealthy(30 * SECOND)
  expect(healthyMs, words).toBeLessThan(10 * SECOND)
  await settled(machine, words)
  const wrote = moment.work !== 'refresh' || found.revision > before
  return {
    moment,
    amid: wrote ? amid : `${amid}, nothing written yet`,
    met: goesOn && wrote,
    told: `${told.revision}, ${told.facts.size}, ${told.runs.size}, ${[...told.settings.values()].join()}`,
    healthyMs,
  }
}

/** A device that copies what it is told, as long as somebody tells. */
const listen = (witness: Witness, everyMs: number): { end(): Promise<void> } =>
  looks(async () => {
    await witness
      .listen()
      .then(witness.health)
      .catch(() => undefined)
    return false
  }, everyMs)

async function newWitness(machine: Machine, amber: Amber): Promise<Witness> {
  await newHousehold(machine, amber)
  await machine.untilHealthy(30 * SECOND)
  return createWitness(machine.origin)
}

/** Of a copy, for to open a database is to change it. */
function stateOn(disk: string): Found {
  const [from, copy] = [join(disk, STATE), temporaryFolder('suite')]
  mkdirSync(from, { recursive: true })
  // A file of a layer below that was deleted is here as what is no file.
  for (const entry of readdirSync(from, { withFileTypes: true }).filter((one) => one.isFile()))
    if (/^(cache\.sqlite(?!.*(lock|shm))|settings)/.test(entry.name))
      cpSync(join(from, entry.name), join(copy, entry.name))
  try {
    return inspect(copy)
  } finally {
    rmSync(copy, { recursive: true })
  }
}
