// A sync as systemd starts it: a process of its own, which can be killed.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { DEMO_TOKEN } from '../../../backend/simulator/server.ts'

const ROOT = join(import.meta.dirname, '../../..')

export interface SyncProcess {
  readonly child: ChildProcess
  /** The exit code and what it said; the code is null where it was killed. */
  readonly ended: Promise<{ code: number | null; said: string }>
}

export function startSync(
  { url, path }: { url: string; path: string },
  /** A command that runs it. */
  under: readonly string[] = [],
): SyncProcess {
  const [program = '', ...args] = [...under, process.execPath, join(ROOT, 'backend/home-energy.mjs'), 'sync']
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { PATH: process.env.PATH, AMBER_TOKEN: DEMO_TOKEN, AMBER_API_URL: url, SQLITE_PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      said += text
    })
  return { child, ended: once(child, 'close').then(([code]) => ({ code, said })) }
}
