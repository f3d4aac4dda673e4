// What is begun so that it can be cut off, and how far it has come, seen from outside.
import type { ChildProcess } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as passed } from 'node:timers/promises'
import { type Amber, CHECKOUT, DASHBOARD, STATE, SYNC } from './household.ts'
import type { Machine } from './machine.ts'
import type { Moment } from './moments.ts'
import { publish } from './newer.ts'

export interface Begun {
  isMoment(): boolean | Promise<boolean>
  state(): { readonly amid: string; readonly goesOn: boolean }
}

export function begin(machine: Machine, amber: Amber, moment: Moment): Promise<Begun> {
  if (moment.work === 'refresh') return beginRefresh(machine, amber, moment)
  return moment.work === 'start' ? beginStart(machine, moment) : beginUpdate(machine, moment)
}

async function beginRefresh(
  machine: Machine,
  amber: Amber,
  { at, nth }: Moment & { work: 'refresh' },
): Promise<Begun> {
  const questions = amber.asked()
  const writes = writesTo(join(machine.disk, STATE, 'cache.sqlite-wal'))
  await machine.told('systemctl', 'restart', '--no-block', SYNC)
  return {
    isMoment: () =>
      writes() >= (at === 'write' ? nth : 0) && amber.asked() - questions >= (at === 'question' ? nth : 0),
    state: () => {
      const goesOn = machine.isRunning(SYNC)
      return { amid: `question ${amber.asked() - questions}${goesOn ? '' : ', over'}`, goesOn }
    },
  }
}

/** How often it was seen to have changed. */
function writesTo(path: string): () => number {
  const look = () => {
    const { size, mtimeNs } = statSync(path, { bigint: true, throwIfNoEntry: false }) ?? {}
    return `${size} ${mtimeNs}`
  }
  let [seen, writes] = [look(), 0]
  return () => {
    const now = look()
    if (now !== seen) writes += 1
    seen = now
    return writes
  }
}

async function beginStart(machine: Machine, { at }: Moment & { work: 'start' }): Promise<Begun> {
  await machine.cut()
  await machine.boot()
  let answers = false
  const looking = looks(async () => {
    answers = (await machine.health()) !== undefined
    return answers
  })
  return {
    isMoment: () => at === 'power' || (at === 'server' ? machine.isRunning(DASHBOARD) : answers),
    state: () => {
      looking.end()
      const amid = answers
        ? 'it answers'
        : machine.isRunning(DASHBOARD)
          ? 'the server begins'
          : 'systemd begins'
      return { amid, goesOn: answers === (at === 'answer') }
    },
  }
}

async function beginUpdate(machine: Machine, { at }: Moment & { work: 'update' }): Promise<Begun> {
  await publish(machine)
  const update = machine.start('runuser', '--login', 'sam', '--command', `${CHECKOUT}/pi/update.sh 2>&1`)
  const said = wordsOf(update)
  const isThere = () => said().includes(`update: ${at}:`)
  const step = () =>
    said()
      .match(/^update: [a-z]+/gm)
      ?.at(-1)
      ?.slice('update: '.length) ?? 'nothing'
  return {
    isMoment: () => isThere() || update.exitCode !== null,
    state: () => ({ amid: `"${step()}"`, goesOn: isThere() && update.exitCode === null }),
  }
}

function wordsOf(child: ChildProcess): () => string {
  let said = ''
  child.stdout?.on('data', (chunk) => {
    said += chunk
  })
  return () => said
}

/** Over and over, until it is so or is ended. */
export function looks(isSo: () => Promise<boolean>, everyMs = 10): { end(): Promise<void> } {
  let goesOn = true
  const over = (async () => {
    while (goesOn && !(await isSo())) await passed(everyMs)
  })()
  return {
    end: () => {
      goesOn = false
      return over
    },
  }
}
