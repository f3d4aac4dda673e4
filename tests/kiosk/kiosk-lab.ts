// A desktop for the kiosk's script: a home, a runtime folder, a server that answers as told, and programs on the PATH that
// only note what they are asked. Its naps are noted and cut short, so that hours pass in seconds.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from '../backend/temporary.ts'
import { stub } from '../certificates.ts'

const SCRIPT = join(import.meta.dirname, '../../kiosk/home-energy-kiosk.sh')

export interface Lab {
  readonly folder: string
  readonly runtime: string
  readonly home: string
  readonly profile: string
  /** HTTP status of each path; undefined: the server does not answer at all. */
  readonly answers: { health: number | undefined; kiosk: number | undefined }
  readonly server: string
  /** What the browser does when it is opened: stays, ends at once, ends after so many naps, or will not end. */
  browser(does: 'stays' | 'ends' | 'will not end' | number): void
  program(name: string, body: string): void
  start(env?: Record<string, string>, ...args: string[]): Kiosk
  /** Lines that a program has noted. */
  noted(name: string): string[]
  naps(): number[]
}

export interface Kiosk {
  readonly process: ChildProcess
  said(): string
  ended(): Promise<number | null>
}

export async function kioskLab(): Promise<Lab> {
  const folder = temporaryFolder()
  const [bin, home, runtime] = ['bin', 'home', 'run'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  for (const each of [bin, home, runtime]) mkdirSync(each)
  const answers: Lab['answers'] = { health: 200, kiosk: 200 }
  const server = await answering(answers)
  const note = (name: string) => `echo "$*" >>"${folder}/${name}"`
  stub(bin, 'sleep', `${note('naps')}\nexec /bin/sleep 0.02`)
  for (const name of ['xset', 'xdotool', 'wlopm', 'wtype', 'pkill']) stub(bin, name, note(name))
  stub(bin, 'chromium', browserProgram(folder))
  const noted = (name: string) =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1) : []
  const lab: Lab = {
    ...{ folder, runtime, home, answers, server, noted },
    profile: join(runtime, 'home-energy-kiosk'),
    browser: (does) => {
      // A browser that is opened in this moment must not find half of a word.
      writeFileSync(join(folder, 'browser.new'), String(does))
      renameSync(join(folder, 'browser.new'), join(folder, 'browser'))
    },
    program: (name, body) => stub(bin, name, body),
    naps: () => noted('naps').map(Number),
    start: (env = {}, ...args) =>
      started(
        {
          PATH: `${bin}:/usr/bin:/bin`,
          HOME: home,
          XDG_RUNTIME_DIR: runtime,
          DISPLAY: ':9',
          ...env,
        },
        args.length > 0 ? args : [server],
      ),
  }
  lab.browser('stays')
  return lab
}

/** Notes how it was opened, has a child as a browser has, and does what the file "browser" says. */
const browserProgram = (folder: string) => `
echo "$*" >>"${folder}/opened"
does=$(cat "${folder}/browser")
if [ "$does" = ends ]; then exit 1; fi
if [ "$does" = 'will not end' ]; then trap '' TERM; fi
/bin/sleep 1000 &
echo "$$ $!" >>"${folder}/pids"
case "$does" in
  stays | 'will not end') exec /bin/sleep 1000 ;;
  *) until [ "$(grep --count --line-regexp 5 "${folder}/naps")" -ge "$does" ]; do /bin/sleep 0.01; done; kill $!; exit 1 ;;
esac`

function started(env: Record<string, string>, args: readonly string[]): Kiosk {
  const child = spawn(SCRIPT, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      text += chunk
    })
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await exit
  })
  return { process: child, said: () => text, ended: () => exit }
}

async function answering(answers: Lab['answers']): Promise<string> {
  const server = createServer((request, response) => {
    const status = request.url?.startsWith('/api/kiosk') ? answers.kiosk : answers.health
    if (status === undefined) return void request.socket.destroy()
    response.writeHead(status).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
