// Everything in one go, for a try-out or a machine without systemd: builds the app, serves it, and runs a sync on
// Amber's five-minute grid. The server and each sync are processes of their own: only the syncs are given the token.
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { buildFrontEnd } from '../front-end-build.ts'
import type { Outside } from '../main.ts'
import { StoreError } from '../store/store-error.ts'
import { storeTrouble } from '../store/trouble.ts'
import { type Lock, takeLock } from '../sync/lock.ts'
import { nextSyncAtMs } from '../sync/schedule.ts'
import { configured, EXIT_CONFIG } from './configured.ts'
import { openStore } from './open-store.ts'

const RESTART_MS = 1000

export async function startCommand(outside: Outside): Promise<number> {
  const config = configured(outside)
  if (!config) return EXIT_CONFIG
  const stopped = new AbortController()
  void outside.stop.then(() => stopped.abort())
  try {
    makeSureOfStore(outside, config)
    if (await buildFrontEnd(outside.root, stopped.signal)) outside.log('start: built the front end')
  } catch (error) {
    if (stopped.signal.aborted) return 0
    outside.log(`start: ${(error as Error).message}`)
    return EXIT_CONFIG
  }
  if (config.amberToken === undefined)
    outside.log('start: no AMBER_TOKEN, so this is the demo household with invented prices')
  void keepFresh(outside, stopped.signal)
  const code = await keepServing(outside, stopped.signal)
  stopped.abort()
  return code
}

/** There is something to read when the server begins; and a folder that cannot be written is said at once. */
function makeSureOfStore(outside: Outside, config: Config): void {
  let lock: Lock | undefined
  try {
    lock = takeLock(config.sqlitePath)
    if (lock) openStore(outside, config).close()
  } catch (error) {
    const trouble = storeTrouble(error, config.sqlitePath)
    // What is there can be served, and a later sync may find room again.
    if (!(trouble instanceof StoreError) || !/^(disk-full|busy)$/.test(trouble.kind)) throw trouble
    outside.log(`start: ${trouble.message}`)
  } finally {
    lock?.release()
  }
}

/** Starts the server again however it ended, unless it could never have begun. */
async function keepServing(outside: Outside, stopped: AbortSignal): Promise<number> {
  for (;;) {
    const code = await ended(run(outside, 'serve', stopped))
    if (stopped.aborted) return 0
    if (code === EXIT_CONFIG) return code
    outside.log('start: the server ended; starting it again')
    await outside.sleep(RESTART_MS)
  }
}

async function keepFresh(outside: Outside, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    await ended(run(outside, 'sync', stopped))
    await outside.sleep(nextSyncAtMs(outside.now()) - outside.now())
  }
}

function run({ root, env }: Outside, command: 'serve' | 'sync', stopped: AbortSignal): ChildProcess {
  const { AMBER_TOKEN: _, ...withoutToken } = env
  const child = spawn(process.execPath, [join(root, 'backend/home-energy.mjs'), command], {
    cwd: root,
    env: command === 'sync' ? env : withoutToken,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const end = () => child.kill('SIGTERM')
  stopped.addEventListener('abort', end, { once: true })
  child.once('exit', () => stopped.removeEventListener('abort', end))
  return child
}

/** The exit code; of a child that was killed or never began, 1. */
function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(1))
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
