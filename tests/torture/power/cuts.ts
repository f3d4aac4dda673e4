// One round: the machine is switched on, works, and loses its power at the round's moment. Then the disk is looked at.
import { MINUTE_MS, SECOND_MS } from '../../../backend/domain/interval.ts'
import { eventually, type House } from './house.ts'
import { judge } from './judge.ts'
import type { Machine } from './machine.ts'
import { luckOf, type Moment, momentOf, momentWords } from './moments.ts'
import type { Witness } from './witness.ts'

/** By the machine's own clock. */
const BOOT_MS = 5 * MINUTE_MS
/** Of the host, for a disk to which nothing is written. */
const HOST_MS = 30 * MINUTE_MS
/** For a moment that does not come: then the power goes anyway. */
const MOMENT_MS = 6 * MINUTE_MS
/** The house is left alone after each cut; the machine finds hours of prices to catch up with. */
const HOURS_APART = 7

export interface CutRow {
  readonly cells: readonly string[]
  readonly troubles: readonly string[]
}

export const CUT_HEAD = [
  'cut',
  'in the middle of',
  'had come up in',
  'told before: refreshes, facts, settings',
  'sectors not flushed, lost',
  'database',
  'lost: refreshes, facts, settings',
] as const

export async function cutOff(
  house: House,
  witness: Witness,
  { seed, round }: { seed: number; round: number },
): Promise<CutRow> {
  house.pass(HOURS_APART)
  const moment = momentOf(seed, round)
  const machine = await house.switchOn()
  const startedMs = house.now()
  const troubles: string[] = []
  let upSeconds: number | undefined
  if (moment.during === 'boot') await writesDone(house, machine, moment.write, HOST_MS)
  else {
    upSeconds = await comesUp(house, witness, machine, startedMs)
    if (upSeconds === undefined) troubles.push('the machine did not come up by itself')
    else {
      troubles.push(...(await isSound(house)))
      await comes(moment, { house, machine, witness })
    }
  }
  const { pending, lost } = await machine.cut(luckOf(seed, round))
  const told = witness.told()
  const found = house.autopsy()
  const losses = judge(told, found)
  return {
    cells: [
      `${round + 1}`,
      momentWords(moment),
      upSeconds === undefined ? '-' : `${upSeconds} s`,
      `${told.runs.size}, ${told.facts.size}, ${[...told.settings.values()][0] ?? 0}`,
      `${pending}, ${lost}`,
      found.database,
      `${losses.runs}, ${losses.facts}, ${losses.settings}`,
    ],
    troubles: [...troubles, ...losses.verdicts].map((trouble) => `cut ${round + 1}: ${trouble}`),
  }
}

/** Seconds of the machine's clock from the switch to health's first answer; undefined: it did not come up. */
export async function comesUp(
  house: House,
  witness: Witness,
  machine: Machine,
  startedMs: number,
): Promise<number | undefined> {
  const health = await eventually(
    house,
    async () => {
      if (!machine.isOn()) return 'off' as const
      return await witness.health()
    },
    { withinMs: BOOT_MS, everyMs: 3 * SECOND_MS },
  )
  if (!health || health === 'off') return undefined
  return Math.round((house.now() - startedMs) / SECOND_MS)
}

/** By SQLite inside the machine, and by systemd. */
async function isSound(house: House): Promise<string[]> {
  const look = await eventually(house, () => house.look(), { withinMs: BOOT_MS })
  if (!look) return ['the machine cannot be looked into']
  return [
    ...(look.integrity === 'ok' || look.integrity === 'absent'
      ? []
      : [`in the machine the database is not whole: ${look.integrity}`]),
    ...look.failedUnits
      .split(' ')
      .filter((unit) => unit.startsWith('home-energy'))
      .map((unit) => `${unit} has failed`),
  ]
}

async function comes(
  moment: Exclude<Moment, { during: 'boot' }>,
  { house, machine, witness }: { house: House; machine: Machine; witness: Witness },
): Promise<void> {
  if (moment.during === 'refresh') {
    const before = house.amber.requests.length
    await eventually(
      house,
      async () => {
        await witness.health()
        await witness.listen()
        return house.amber.requests.length >= before + moment.question
      },
      { withinMs: MOMENT_MS, everyMs: SECOND_MS },
    )
    await writesDone(house, machine, moment.write, HOST_MS / 6)
  } else if (moment.during === 'told') {
    await witness.health()
    const before = witness.told().runs.size
    await eventually(
      house,
      async () => {
        await witness.listen()
        await witness.health()
        return isPulled(machine, witness.told().runs.size >= before + moment.refreshes)
      },
      { withinMs: MOMENT_MS, everyMs: SECOND_MS },
    )
  } else {
    let decided = 0
    await eventually(
      house,
      async () => {
        await witness.listen()
        await witness.decide()
        decided += 1
        return isPulled(machine, decided >= moment.settings)
      },
      { withinMs: MOMENT_MS, everyMs: SECOND_MS },
    )
  }
}

function isPulled(machine: Machine, isMoment: boolean): boolean {
  if (isMoment) machine.pull()
  return isMoment
}

/** The power goes with that many writes from now on, or when so much time has passed. */
function writesDone(house: House, machine: Machine, writes: number, withinMs: number): Promise<void> {
  const last = house.disk.writes() + writes
  return new Promise((resolve) => {
    const end = () => {
      machine.pull()
      clearTimeout(timer)
      house.onWrite = () => {}
      resolve()
    }
    const timer = setTimeout(end, withinMs)
    house.onWrite = () => {
      if (house.disk.writes() >= last) end()
    }
  })
}
