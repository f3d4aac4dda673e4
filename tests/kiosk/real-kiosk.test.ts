// The kiosk's script with the real Chromium on a screen that is not there, before the real server. Only its naps are cut
// short, and the server's uptime is the test's.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { LIMITS } from '../../backend/http/limits.ts'
import { temporaryFolder } from '../backend/temporary.ts'
import { rootArgs, systemChromium } from '../browser.ts'
import { stub } from '../certificates.ts'
import { type Home, openHome } from '../e2e/home.ts'
import { flawsIn, isPointerIn, POINTER, SPOILT } from './board-seen.ts'
import { isAlive } from './kiosk-lab.ts'
import { type Display, openDisplay, type Picture } from './x-display.ts'

const ROOT = join(import.meta.dirname, '../..')
const SCRIPT = join(ROOT, 'kiosk/home-energy-kiosk.sh')
const SLOW = { timeout: 60_000, interval: 100 }
const SECOND = 1000

const isMissing = (tool: string) => spawnSync('which', [tool]).status !== 0
const missing = [
  ...(systemChromium() ? [] : ['a Chromium of the system']),
  ...['Xvfb', 'openbox', 'curl', 'flock', 'setpriv'].filter(isMissing),
].join(', ')

/** As Raspberry Pi OS moves it, by what pi/install.sh --kiosk brings along: without that it stands where it stood. */
const canPoint = !isMissing('xdotool')

function point(display: Display): Display {
  const { width, height } = display.look()
  const [x, y] = [width * POINTER.x, height * POINTER.y]
  execFileSync('xdotool', ['mousemove', `${x}`, `${y}`], { env: { ...process.env, DISPLAY: display.name } })
  return display
}

async function kitchen() {
  const folder = temporaryFolder()
  const uptime = { ms: 0 }
  const home = await openHome({
    now: '2026-11-24T10:02:40+11:00',
    demo: true,
    surroundings: { uptimeMs: () => uptime.ms, addresses: () => [], limits: LIMITS },
  })
  onTestFinished(home.close)
  const display = await openDisplay(folder)
  // Full screen is something that a window asks of whoever manages the windows.
  const manager = spawn('openbox', [], {
    env: { ...process.env, DISPLAY: display.name, HOME: folder },
    stdio: 'ignore',
  })
  onTestFinished(() => void manager.kill('SIGTERM'))
  // Also the sign that the desktop is there.
  if (canPoint) await expect.poll(() => isPointerIn(point(display).look()), SLOW).toBe(true)
  const [bin, run] = ['bin', 'run'].map((name) => join(folder, name)) as [string, string]
  for (const each of [bin, run]) mkdirSync(each)
  stub(bin, 'sleep', 'exec /bin/sleep 0.1')
  stub(bin, 'xset', 'exit 0')
  // As root Chromium runs without its sandbox or not at all; the script itself never says so.
  stub(bin, 'chromium', `exec ${systemChromium()} ${rootArgs().join(' ')} --disable-gpu "$@"`)
  const script = spawn(SCRIPT, [home.url], {
    env: {
      PATH: `${bin}:/usr/bin:/bin`,
      HOME: folder,
      XDG_RUNTIME_DIR: run,
      DISPLAY: display.name,
      TZ: 'Australia/Sydney',
    },
    stdio: 'ignore',
  })
  const ended = new Promise<number | null>((resolve) => script.once('exit', resolve))
  onTestFinished(async () => {
    script.kill('SIGTERM')
    await ended
  })
  const profile = join(run, 'home-energy-kiosk')
  return { home, uptime, display, script, ended, browsers: () => chromiums(profile), profile }
}

interface Chromium {
  readonly pid: number
  readonly renderers: readonly number[]
}

/** Browsers of this profile, each with the processes of its group that draw pages. */
function chromiums(profile: string): Chromium[] {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const group = Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[2])
        return [{ pid: Number(name), group, command: readFileSync(`/proc/${name}/cmdline`, 'utf8') }]
      } catch {
        return []
      }
    })
  return processes
    .filter(({ command }) => command.includes(`--user-data-dir=${profile}`) && !command.includes('--type='))
    .filter(({ pid, group }) => pid === group)
    .map(({ pid }) => ({
      pid,
      renderers: processes
        .filter(({ group, command }) => group === pid && command.includes('--type=renderer'))
        .map((each) => each.pid),
    }))
}

const heartbeat = async ({ url }: Home) =>
  ((await (await fetch(`${url}/api/kiosk`)).json()) as { heartbeatAgeSeconds: number | null })
    .heartbeatAgeSeconds

describe.skipIf(missing)(
  `the real kiosk${missing && ` (skipped: this machine has no ${missing})`}`,
  { timeout: 180_000 },
  () => {
    it('shows the board and nothing else, the price in large and no pointer, as a picture of the screen proves; ended, it leaves nothing behind', async () => {
      const { home, display, script, ended, browsers } = await kitchen()
      await expect.poll(() => heartbeat(home), SLOW).toBe(0)
      await looksWell(display)
      const picture = display.look()
      for (const [what, spoilt] of Object.entries(SPOILT))
        expect(flawsIn(spoilt(picture, VERY_CHEAP), VERY_CHEAP), what).not.toEqual([])
      if (canPoint) point(display)
      await looksWell(display)
      const [browser] = browsers()
      expect(browser?.renderers.length).toBeGreaterThan(0)
      script.kill('SIGTERM')
      expect(await ended).toBe(0)
      expect(browsers()).toEqual([])
      expect([browser?.pid ?? 0, ...(browser?.renderers ?? [])].filter(isAlive)).toEqual([])
    })

    it('leaves a page alone that says again and again that it is drawn, and opens one anew that has frozen or crashed', async () => {
      const { home, uptime, browsers } = await kitchen()
      await expect.poll(() => heartbeat(home), SLOW).toBe(0)
      const [lively] = browsers()
      uptime.ms += 170 * SECOND
      await expect.poll(() => heartbeat(home), SLOW).toBe(0)
      expect(browsers()[0]?.pid).toBe(lively?.pid)
      for (const signal of ['SIGSTOP', 'SIGKILL'] as const) {
        await expect.poll(() => heartbeat(home), SLOW).toBe(0)
        const [first] = browsers()
        for (const pid of first?.renderers ?? []) process.kill(pid, signal)
        uptime.ms += 181 * SECOND
        await expect.poll(() => browsers()[0]?.pid ?? first?.pid, SLOW).not.toBe(first?.pid)
      }
      await expect.poll(() => heartbeat(home), SLOW).toBe(0)
      expect(browsers()).toHaveLength(1)
    })

    it('opens the board again when Chromium ends, also while the server is away', async () => {
      const { home, display, browsers, profile } = await kitchen()
      await expect.poll(() => boardIn(display.look()), SLOW).toEqual(BOARD)
      await expect.poll(() => keptFiles(profile), SLOW).toBeGreaterThanOrEqual(FILES_OF_THE_APP)
      await expect.poll(() => isRegistered(profile), SLOW).toBe(true)
      const [first] = browsers()
      await home.stop()
      process.kill(first?.pid ?? 0, 'SIGKILL')
      await expect.poll(() => browsers()[0]?.pid ?? first?.pid, SLOW).not.toBe(first?.pid)
      await expect.poll(() => boardIn(display.look()), SLOW).toEqual(BOARD)
      await home.start()
      await expect.poll(() => heartbeat(home), SLOW).toBe(0)
    })
  },
)

/** As docs/kitchen.png shows the same minute. */
const VERY_CHEAP = 2
/** For who wants to see it: the last picture that was taken of the screen. */
const PICTURE = join(ROOT, 'var/kiosk.png')

async function looksWell(display: Display): Promise<void> {
  try {
    await expect
      .poll(() => flawsIn(display.look(), VERY_CHEAP), { ...SLOW, interval: 300, message: `see ${PICTURE}` })
      .toEqual([])
  } finally {
    mkdirSync(dirname(PICTURE), { recursive: true })
    writeFileSync(PICTURE, display.look().png())
  }
}

const FILES_OF_THE_APP = globSync('**/*.{html,js,css,woff2}', { cwd: join(ROOT, 'dist') }).filter(
  (file) => file !== 'service-worker.js',
).length

/** As many as the service worker has put into its cache: one that is ended in the middle keeps nothing. */
const keptFiles = (profile: string): number =>
  globSync('Default/Service Worker/CacheStorage/**/*_0', { cwd: profile }).length

/** Chromium has written down that there is a worker, which it does after that is installed. */
const isRegistered = (profile: string): boolean =>
  globSync('Default/Service Worker/Database/*.log', { cwd: profile }).some((file) =>
    readFileSync(join(profile, file), 'latin1').includes('service-worker.js'),
  )

/** Paper at the upper left, the mast beside it, and the status line down to the last pixels: nothing around the board. */
const BOARD = { paper: '#f4f2ec', mast: '#101c26', status: '#e8e4d9' }

function boardIn({ width, height, colourAt }: Picture): typeof BOARD {
  const around = Array.from({ length: 12 }, (_, at) => colourAt(Math.round(width / 6) - 6 + at, height / 3))
  return {
    paper: colourAt(5, 5),
    mast: around.find((colour) => colour === BOARD.mast) ?? 'none',
    status: colourAt(width - 5, height - 3),
  }
}
