// Each fault for a week, as many at a time as there are processors: a thread each, since a week is work for one.
import { Worker } from 'node:worker_threads'
import { inLanes } from '../lanes.ts'
import type { Row } from '../report.ts'
import { AWAY, runAway } from './away.ts'
import { TRIALS, type Trial } from './trials.ts'

/** Of the trials those in whose name `only` stands. */
export async function runFaults(seed: number, tell: (row: Row) => void, only = ''): Promise<Row[]> {
  const rows = await inLanes(
    TRIALS.filter(({ name }) => name.includes(only)),
    async (trial) => {
      const row = await inThread(trial, seed)
      tell(row)
      return row
    },
  )
  return AWAY.includes(only) ? [...rows, await runAway(seed)] : rows
}

async function inThread({ name }: Trial, seed: number): Promise<Row> {
  const worker = new Worker(new URL('./week-thread.ts', import.meta.url), { workerData: { name, seed } })
  return await new Promise<Row>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}
