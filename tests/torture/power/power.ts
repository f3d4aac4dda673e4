// npm run torture -- power [--seed N] [--rounds N]
// A virtual machine with the appliance's own units loses its power again and again, and once it starts with a clock of 2010.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { wrongClock } from './clock.ts'
import { CUT_HEAD, type CutRow, cutOff } from './cuts.ts'
import { openHouse } from './house.ts'
import { missing, thisHost } from './needed.ts'
import { tableLines } from './table.ts'
import { createWitness } from './witness.ts'

const FOLDER = join(import.meta.dirname, '../../../var/torture')
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { seed: { type: 'string', default: '1' }, rounds: { type: 'string', default: '10' } },
  })
  const host = thisHost()
  const kernel = host.kernels.at(-1)
  const lack = missing(host)
  if (lack || !kernel) {
    console.error(lack)
    return 1
  }
  const [seed, rounds] = [Number(values.seed), Number(values.rounds)]
  const log = (text: string) => console.log(`torture power: ${text}`)
  const house = await openHouse(FOLDER, kernel, log)
  try {
    const witness = createWitness(house.dashboard)
    const cuts: CutRow[] = []
    for (let round = 0; round < rounds; round++) {
      const cut = await cutOff(house, witness, { seed, round })
      cuts.push(cut)
      log([`cut ${round + 1}`, ...cut.cells.slice(1), ...cut.troubles].join(' · '))
    }
    const clock = await wrongClock(house, witness)
    const troubles = [...cuts.flatMap((cut) => cut.troubles), ...clock.troubles]
    console.log(`\nSeed ${seed}, ${rounds} cuts.\n`)
    console.log(
      tableLines(
        CUT_HEAD,
        cuts.map(({ cells }) => cells),
      ).join('\n'),
    )
    console.log(`\n${tableLines(['clock', 'seen'], clock.rows).join('\n')}\n`)
    for (const trouble of troubles) console.log(`LOST OR WRONG: ${trouble}`)
    console.log(troubles.length === 0 ? 'Nothing was lost.' : `${troubles.length} things were lost or wrong.`)
    return troubles.length === 0 ? 0 : 1
  } finally {
    await house.close()
  }
}
