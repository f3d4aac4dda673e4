// One and the same sync, as often as it is wanted: the whole command, on a copy of a household's files, at the same instant.
import { cpSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { addDays, nemDate } from '#domain/calendar.ts'
import { HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import { syncCommand } from '../../../backend/commands/sync.ts'
import { createSimulator, DEMO_TOKEN } from '../../../backend/simulator/server.ts'
import { VICTORIAN_SITE } from '../../../backend/simulator/sites.ts'
import { differences, toldIn, untruths } from '../compare.ts'
import { storedFacts } from '../facts.ts'
import { createFolder } from '../folder.ts'
import { everything, expected } from '../truth.ts'

/** An hour in which yesterday's usage has come: prices, usage and the second copy are all due. */
const START_MS = Date.parse('2026-03-10T01:01:00+10:00')
const HISTORY_DAYS = 3

export interface OneSync {
  /** Files of the household that a sync may touch are below it. */
  readonly folder: string
  /** The sync, with what goes wrong in it; then some in which nothing does. The losses. */
  round(goWrong: () => void, goRight: () => void): Promise<string[]>
  close(): Promise<void>
}

export async function openOneSync(seed: number): Promise<OneSync> {
  const clock = { now: START_MS }
  const sites = [{ ...VICTORIAN_SITE, activeFrom: addDays(nemDate(START_MS), -HISTORY_DAYS) }]
  const simulator = createSimulator({
    clock: () => clock.now,
    seed,
    sites,
    faults: { usageStages: { '*': 'billable' } },
  })
  const { url, close } = await simulator.listen()
  const folder = createFolder()
  const [home, before] = [`${folder.path}/home`, `${folder.path}/before`]
  const sync = syncOf(home, url, clock)
  await sync()
  cpSync(home, before, { recursive: true })
  const told = toldIn(everything({ sites, truth: simulator.truth, nowMs: START_MS + 9 * HOUR_MS }))

  return {
    folder: home,
    round: async (goWrong, goRight) => {
      rmSync(home, { recursive: true, force: true })
      cpSync(before, home, { recursive: true })
      clock.now = START_MS + 5 * HOUR_MS
      const losses: string[] = []
      goWrong()
      try {
        await sync()
      } catch (error) {
        losses.push(`the sync crashed: ${(error as Error).stack}`)
      } finally {
        goRight()
      }
      losses.push(...read(home, (db) => untruths(storedFacts(db), told)))
      for (const later of [5 * MINUTE_MS, 65 * MINUTE_MS, 65 * MINUTE_MS]) {
        clock.now += later
        const { code, said } = await sync()
        if (code !== 0) losses.push(`a sync afterwards ended with ${code}: ${said}`)
      }
      const truth = expected({ sites, truth: simulator.truth, nowMs: clock.now, begunMs: START_MS })
      losses.push(...read(home, (db) => differences(storedFacts(db), truth)))
      return losses
    },
    close: async () => {
      await close()
      folder.remove()
    },
  }
}

function syncOf(folder: string, url: string, clock: { now: number }) {
  return async () => {
    const said: string[] = []
    const code = await syncCommand({
      root: folder,
      folder,
      args: [],
      env: { AMBER_TOKEN: DEMO_TOKEN, AMBER_API_URL: url, SQLITE_PATH: `${folder}/cache.sqlite` },
      now: () => clock.now,
      sleep: async (ms) => {
        clock.now += ms
      },
      log: (line) => said.push(line),
      print: () => {},
      stop: new Promise(() => {}),
    })
    return { code, said: said.join('; ') }
  }
}

function read(folder: string, question: (db: Database.Database) => string[]): string[] {
  const db = new Database(`${folder}/cache.sqlite`, { readonly: true })
  try {
    const verdict = db.pragma('quick_check', { simple: true })
    return verdict === 'ok' ? question(db) : [`the database is not sound: ${verdict}`]
  } catch (error) {
    return [`the database cannot be read: ${(error as Error).message}`]
  } finally {
    db.close()
  }
}
