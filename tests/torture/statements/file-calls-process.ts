// Run by file-calls.ts with the failing calls preloaded: tells its row as JSON.
import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { constants } from 'node:os'
import { createDice } from '../dice.ts'
import { openOneSync } from './one-sync.ts'

const { ENOSPC, EIO, EACCES, EROFS, EMFILE } = constants.errno
const [seed = 1, step = 1] = process.argv.slice(2).map(Number)

const control = openSync(process.env.TORTURE_CONTROL ?? '', 'r+')
const dice = createDice(seed, 'file calls')
const home = await openOneSync(seed)
const losses: string[] = []
let rounds = 0
let faults = 0

const total = await counted(0, 0)
for (let n = 1; n <= total; n += step)
  for (const error of [ENOSPC, dice.pick([EIO, EACCES, EROFS, EMFILE])]) {
    const calls = await counted(n, error)
    rounds += 1
    faults += calls >= n ? 1 : 0
  }
await home.close()
closeSync(control)
process.stdout.write(JSON.stringify({ rounds, faults, losses }))

/** Says how many calls there were until it ended. */
async function counted(n: number, error: number): Promise<number> {
  let calls = 0
  const found = await home.round(
    () => write(n === 0 ? Number.MAX_SAFE_INTEGER : n, error),
    () => {
      const numbers = Buffer.alloc(12)
      readSync(control, numbers, 0, 12, 0)
      calls = numbers.readInt32LE(8)
      write(0, 0)
    },
  )
  const what = n === 0 ? 'with nothing wrong' : `error ${error} at file call ${n}`
  losses.push(...found.map((sentence) => `${what}: ${sentence}`))
  return calls
}

function write(n: number, error: number): void {
  const numbers = Buffer.alloc(12)
  numbers.writeInt32LE(Math.min(n, 2 ** 31 - 1), 0)
  numbers.writeInt32LE(error, 4)
  writeSync(control, numbers, 0, 12, 0)
}
