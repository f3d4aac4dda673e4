import { parentPort, workerData } from 'node:worker_threads'
import { TRIALS } from './trials.ts'
import { runWeek } from './week.ts'

const { name, seed } = workerData as { name: string; seed: number }
const trial = TRIALS.find((each) => each.name === name)
if (!trial) throw new Error(`there is no trial named ${name}`)
parentPort?.postMessage(await runWeek(trial, seed))
