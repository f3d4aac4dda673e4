// A first try of a new release, out of everybody's sight: it serves copies of the databases on a free port.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { copyDatabases } from './databases.ts'
import type { Place } from './place.ts'
import { environmentOf, migrate, nodeOf } from './program.ts'
import { type Proof, whatIsWrong } from './prove.ts'
import { Stop } from './stop.ts'

const ENDS_WITHIN_MS = 10_000

/** Undefined when it serves; else what was wrong. The copies are gone afterwards. */
export async function smokeTest(
  place: Place,
  release: string,
  proof: Proof,
  waitMs: number,
): Promise<string | undefined> {
  const copies = join(place.releases, 'smoke')
  rmSync(copies, { recursive: true, force: true })
  mkdirSync(copies, { mode: 0o700 })
  try {
    await copyDatabases(place.sqlitePath, copies)
    return await serveOnce(
      release,
      proof,
      environmentOf(place, join(copies, basename(place.sqlitePath))),
      waitMs,
    )
  } finally {
    rmSync(copies, { recursive: true, force: true })
  }
}

async function serveOnce(
  release: string,
  proof: Proof,
  env: NodeJS.ProcessEnv,
  waitMs: number,
): Promise<string | undefined> {
  migrate(release, env)
  // It ends with this process, however that ends.
  const bound = ['--pdeathsig', 'TERM', '--', nodeOf(release), 'backend/home-energy.mjs', 'serve']
  const server = spawn('setpriv', bound, {
    cwd: release,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => {
    for (const end of ['exit', 'error']) server.once(end, () => resolve())
  })
  try {
    const origin = await originOf(server, ended, waitMs)
    return await whatIsWrong(origin, proof, waitMs)
  } finally {
    server.kill('SIGTERM')
    const patience = setTimeout(() => server.kill('SIGKILL'), ENDS_WITHIN_MS)
    await ended
    clearTimeout(patience)
  }
}

/** It says on which port it listens. */
function originOf(server: ChildProcess, ended: Promise<void>, waitMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const patience = setTimeout(() => reject(new Stop('the new version did not come up')), waitMs)
    void ended.then(() => reject(new Stop(`the new version ended at once: ${text.trim()}`)))
    server.stdout?.on('data', (chunk) => {
      text += chunk
      const port = /http:\/\/localhost:(\d+)/.exec(text)?.[1]
      if (port === undefined) return
      clearTimeout(patience)
      resolve(`http://127.0.0.1:${port}`)
    })
  })
}
