// Loaded into a process: it dies, as of kill -9, when it is about to carry out the statement that writes for the DIE_AT-th time, counted
// over all databases; with COUNT_TO it writes how many there were into that file when it ends.
import { writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'

const { prototype } = new Database(':memory:').prepare('SELECT 1').constructor
const run = prototype.run
let count = 0
prototype.run = function (...values) {
  count += 1
  if (count === Number(process.env.DIE_AT)) process.kill(process.pid, 'SIGKILL')
  return run.apply(this, values)
}
if (process.env.COUNT_TO) process.on('exit', () => writeFileSync(process.env.COUNT_TO, String(count)))
