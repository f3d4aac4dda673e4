// Fifty times the plug is pulled in the middle of something, at a moment that the seed chooses; then the machine boots, and all
// that it knew and had been told is there.
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as passed } from 'node:timers/promises'
import { expect, vi } from 'vitest'
import { temporaryFolder } from '../backend/temporary.ts'
import { type Amber, CHECKOUT, newHousehold, RELEASES, STATE, SYNC } from './household.ts'
import type { Machine } from './machine.ts'

const SECOND = 1000

type Work = 'refresh' | 'start' | 'update'
const ROUNDS: Readonly<Record<Work, number>> = { refresh: 20, start: 18, update: 12 }
/** Within this time each is cut: of its beginning, and a refresh of one of its first questions to Amber. */
const LASTS_MS: Readonly<Record<Work, number>> = { refresh: 400, start: 1500, update: 15 * SECOND }
const FIRST_QUESTIONS = 5
/** The sync asks Amber for no more than 20 answers in five minutes: a new household now and then gives it work. */
const ROUNDS_OF_A_HOUSEHOLD = 4

export async function losesNothingInFiftyCuts(machine: Machine, amber: Amber, seed: number): Promise<void> {
  const random = randomFrom(seed)
  const plan = shuffled(
    (Object.keys(ROUNDS) as Work[]).flatMap((work) => Array<Work>(ROUNDS[work]).fill(work)),
    random,
  )
  expect(plan).toHaveLength(50)
  await quickBuilds(machine)
  let known: Facts = { rows: new Set(), revision: 0 }
  let refreshes = 0
  let decided = 0
  let cutAtWork = 0
  for (const [round, work] of plan.entries()) {
    const moment = random() * LASTS_MS[work]
    const words = `round ${round}: ${work}, cut after ${Math.round(moment)} ms (seed ${seed})`
    if (work === 'refresh' && refreshes++ % ROUNDS_OF_A_HOUSEHOLD === 0) {
      await newHousehold(machine, amber)
      known = { rows: new Set(), revision: 0 }
    }
    if (await decide(machine, round + 1)) decided = round + 1
    await begin(machine, work)
    if (work === 'refresh') await amber.isAsked(1 + Math.floor(random() * FIRST_QUESTIONS), 10 * SECOND)
    await passed(moment)
    await machine.cut()
    const found = factsOn(machine.disk, words)
    expect(
      [...known.rows].filter((row) => !found.rows.has(row)),
      words,
    ).toEqual([])
    expect(found.revision, words).toBeGreaterThanOrEqual(known.revision)
    if (work === 'refresh' && found.revision > known.revision) cutAtWork += 1
    known = found

    await machine.boot()
    expect(await machine.untilHealthy(30 * SECOND), words).toBeLessThan(10 * SECOND)
    await settled(machine, words)
    expect(await decision(machine), words).toBe(decided)
  }
  // Or all of it would have been beside the point.
  expect(cutAtWork).toBeGreaterThan(4)
}

async function begin(machine: Machine, work: Work): Promise<void> {
  if (work === 'start') {
    await machine.cut()
    await machine.boot()
  } else if (work === 'refresh') await machine.told('systemctl', 'restart', '--no-block', SYNC)
  else {
    await publish(machine)
    machine.start('runuser', '--login', 'sam', '--command', `${CHECKOUT}/pi/update.sh > ~/update.log 2>&1`)
  }
}

/** What the rounds are too many for: npm and Vite. The release's parts are those of the one before, of the same lockfile. */
async function quickBuilds(machine: Machine): Promise<void> {
  machine.write(
    '/usr/local/sbin/npx',
    `#!/bin/sh
case "$*" in
  *' ci '*) cp --recursive --link ${RELEASES}/current/node_modules . ;;
  *' run build') cp --recursive ${RELEASES}/current/dist . ;;
esac
`,
  )
  await machine.told('chmod', '755', '/usr/local/sbin/npx')
  const who = 'git config --global user.name sam && git config --global user.email sam@example.org'
  const clone = `git clone --quiet ${CHECKOUT} ~/author && git -C ~/author remote set-url origin $(git -C ${CHECKOUT} remote get-url origin)`
  expect((await machine.asSam(`${who} && ${clone}`)).code).toBe(0)
}

/** A commit more; what was cut off there is pushed as well. */
async function publish(machine: Machine): Promise<void> {
  const commands =
    'rm -f .git/*.lock && git commit --quiet --allow-empty --message=next && git push --quiet origin main'
  const { code, output } = await machine.asSam(`cd ~/author && ${commands}`)
  expect(code, output).toBe(0)
}

/** One of two versions runs, whole, and no trial is open any more. */
async function settled(machine: Machine, words: string): Promise<void> {
  const state = `test ! -e ${RELEASES}/on-trial.json && cat ${RELEASES}/current/COMMIT`
  await vi.waitUntil(
    async () => {
      const { code, output } = await machine.run('sh', '-c', state)
      return code === 0 && output.startsWith((await machine.health())?.commit ?? 'nobody')
    },
    { timeout: 40 * SECOND, interval: 100 },
  )
  const page = await fetch(`${machine.origin}/`)
  expect(await page.text(), words).toContain('<script')
}

/** True when the server said that it is kept. */
async function decide(machine: Machine, number: number): Promise<boolean> {
  const record = { billingDay: { value: 1 + (number % 28), revision: number, writer: 'kitchen' } }
  const answer = await fetch(`${machine.origin}/api/settings`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', origin: machine.origin },
    body: JSON.stringify({ record }),
  }).catch(() => undefined)
  return answer?.ok === true
}

async function decision(machine: Machine): Promise<number> {
  const { record } = (await (await fetch(`${machine.origin}/api/settings`)).json()) as {
    record: { billingDay?: { revision: number } }
  }
  return record.billingDay?.revision ?? 0
}

interface Facts {
  readonly rows: ReadonlySet<string>
  readonly revision: number
}

const KEYS = {
  price_actual: "site_no || ' ' || end_minute || ' ' || minutes || ' ' || channel",
  usage: "register_no || ' ' || end_minute || ' ' || minutes",
  forecast_vintage: "site_no || ' ' || slot_minute",
}

/** Of a copy, for to open a database is to change it. */
function factsOn(disk: string, words: string): Facts {
  const [from, copy] = [join(disk, STATE), temporaryFolder('suite')]
  mkdirSync(from, { recursive: true })
  const names = readdirSync(from, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
  expect(
    names.filter((name) => /damaged|corrupt|aside/.test(name)),
    words,
  ).toEqual([])
  if (!names.includes('cache.sqlite')) return { rows: new Set(), revision: 0 }
  for (const name of names.filter((one) => /^cache\.sqlite(-wal)?$/.test(one)))
    cpSync(join(from, name), join(copy, name))
  const db = new DatabaseSync(join(copy, 'cache.sqlite'))
  try {
    expect(db.prepare('PRAGMA integrity_check').get(), words).toEqual({ integrity_check: 'ok' })
    const has = (table: string) =>
      db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(table) !== undefined
    if (!has('ledger')) return { rows: new Set(), revision: 0 }
    const rows = Object.entries(KEYS).flatMap(([table, key]) =>
      db
        .prepare(`SELECT '${table} ' || ${key} AS row FROM ${table}`)
        .all()
        .map(({ row }) => String(row)),
    )
    return {
      rows: new Set(rows),
      revision: Number(db.prepare('SELECT revision FROM ledger').get()?.revision),
    }
  } finally {
    db.close()
    rmSync(copy, { recursive: true })
  }
}

/** mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
