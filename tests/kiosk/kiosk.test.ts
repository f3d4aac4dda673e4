// The kiosk's script with a browser that only pretends. Linux alone: it is the desktop's.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isAlive, kioskLab } from './kiosk-lab.ts'

const POLL = { timeout: 30_000, interval: 20 }
const TOOLS = ['curl', 'flock', 'setpriv']
const missing = TOOLS.filter((tool) => spawnSync(tool, ['--version']).error)

describe.skipIf(missing.length > 0)(`the kiosk (skipped where ${TOOLS.join(', ')} are not installed)`, () => {
  it('waits for the server as long as it takes, and then opens the kitchen screen', async () => {
    const lab = await kioskLab()
    lab.answers.health = undefined
    lab.start()
    await expect.poll(() => lab.naps().length, POLL).toBeGreaterThan(30)
    expect(new Set(lab.naps())).toEqual(new Set([2]))
    lab.answers.health = 503
    const before = lab.naps().length
    await expect.poll(() => lab.naps().length, POLL).toBeGreaterThan(before + 5)
    expect(lab.noted('opened')).toEqual([])
    lab.answers.health = 200
    await expect.poll(() => lab.noted('opened'), POLL).toHaveLength(1)
  })

  it('opens it full screen, alone, clean and quiet, with nothing on the card', async () => {
    const lab = await kioskLab()
    lab.start()
    await expect.poll(() => lab.noted('opened'), POLL).toHaveLength(1)
    const flags = (lab.noted('opened')[0] ?? '').split(' ')
    expect(flags).toEqual(
      expect.arrayContaining([
        '--kiosk',
        `--app=${lab.server}/?view=kitchen`,
        `--user-data-dir=${lab.profile}`,
        '--ozone-platform=x11',
        '--no-first-run',
        '--noerrdialogs',
        '--hide-crash-restore-bubble',
        '--password-store=basic',
        '--disable-component-update',
      ]),
    )
    // Flags that Chromium has forgotten, and one that would take away its sandbox.
    for (const flag of ['--disable-session-crashed-bubble', '--incognito', '--no-sandbox'])
      expect(flags).not.toContain(flag)
  })

  it('opens it as the household has written it down, also without a line break at the end', async () => {
    const lab = await kioskLab()
    mkdirSync(join(lab.home, '.config'), { recursive: true })
    writeFileSync(join(lab.home, '.config/home-energy-kiosk'), 'dim=23-5&appliances=EV,Pool pump')
    lab.start()
    await expect.poll(() => lab.noted('opened'), POLL).toHaveLength(1)
    expect(lab.noted('opened')[0]).toContain(
      `--app=${lab.server}/?view=kitchen&dim=23-5&appliances=EV,Pool+pump`,
    )
  })

  it('keeps an X11 desktop awake, and puts the pointer where the page hides it, for half a minute', async () => {
    const lab = await kioskLab()
    lab.start()
    await expect.poll(() => lab.naps().length, POLL).toBeGreaterThan(10)
    expect(lab.noted('xset')).toEqual(['s off s noblank -dpms'])
    expect(lab.noted('xdotool')).toEqual(Array(6).fill('mousemove 9999 9999'))
    expect(lab.noted('pkill')).toEqual([])
  })

  it('keeps a Wayland desktop awake, and hides the pointer where labwc has a key for it', async () => {
    const lab = await kioskLab()
    mkdirSync(join(lab.home, '.config/labwc'), { recursive: true })
    writeFileSync(join(lab.home, '.config/labwc/rc.xml'), '<action name="HideCursor"/>')
    lab.start({ WAYLAND_DISPLAY: 'wayland-0' })
    await expect.poll(() => lab.naps().length, POLL).toBeGreaterThan(10)
    expect(lab.noted('opened')[0]).toContain('--ozone-platform=wayland')
    expect(lab.noted('pkill')).toEqual([`--uid ${process.getuid?.()} --exact swayidle`])
    expect(lab.noted('wlopm')).toEqual(['--on *'])
    expect(lab.noted('wtype')).toEqual(Array(6).fill('-M logo -k h -m logo'))
    expect([lab.noted('xset'), lab.noted('xdotool')]).toEqual([[], []])
  })

  it('presses no key on a Wayland desktop that has none for it', async () => {
    const lab = await kioskLab()
    lab.start({ WAYLAND_DISPLAY: 'wayland-0' })
    await expect.poll(() => lab.naps().length, POLL).toBeGreaterThan(10)
    expect(lab.noted('wtype')).toEqual([])
  })

  it.each([
    ['X11', {}],
    ['Wayland', { WAYLAND_DISPLAY: 'wayland-0' }],
  ])('on a %s desktop without any of these tools opens it all the same', async (_, env) => {
    const lab = await kioskLab()
    for (const name of ['xset', 'xdotool', 'pkill', 'wlopm', 'wtype']) lab.program(name, 'exit 127')
    const kiosk = lab.start(env)
    await expect.poll(() => lab.naps().length, POLL).toBeGreaterThan(10)
    expect([lab.noted('opened').length, kiosk.said()]).toEqual([1, ''])
  })

  it('takes Chromium by its older name', async () => {
    const lab = await kioskLab()
    lab.program('chromium-browser', `echo "$*" >>"${lab.folder}/old"; exec /bin/sleep 1000`)
    spawnSync('rm', [join(lab.folder, 'bin/chromium')])
    // Another one that is really installed would come first.
    lab.start({ PATH: `${join(lab.folder, 'bin')}:${withoutChromium(lab.folder)}` })
    await expect.poll(() => lab.noted('old'), POLL).toHaveLength(1)
  })

  it('opens it again for ever, later each time while it ends at once, up to a minute', async () => {
    const lab = await kioskLab()
    lab.browser('ends')
    lab.start()
    await expect.poll(() => lab.noted('opened').length, POLL).toBeGreaterThan(8)
    const waits = lab.naps().filter((seconds) => ![0.5, 5].includes(seconds))
    expect(waits.slice(0, 8)).toEqual([2, 4, 8, 16, 32, 60, 60, 60])
  })

  it('waits but two seconds after one that had lived, also after others that had not', async () => {
    const lab = await kioskLab()
    lab.browser('ends')
    const kiosk = lab.start()
    await expect.poll(() => lab.noted('opened').length, POLL).toBeGreaterThan(3)
    lab.browser(lab.naps().filter((seconds) => seconds === 5).length + 12)
    await expect.poll(() => kiosk.said(), POLL).toMatch(/after about [2-9]\d s; opening it again in 2 s/)
  })

  it('throws a profile away that ends the browser again and again', async () => {
    const lab = await kioskLab()
    mkdirSync(lab.profile)
    writeFileSync(join(lab.profile, 'broken'), '')
    lab.browser('ends')
    lab.start()
    await expect.poll(() => lab.noted('opened').length, POLL).toBe(3)
    await expect.poll(() => existsSync(join(lab.profile, 'broken')), POLL).toBe(false)
  })

  it('opens without the server what has been here before', async () => {
    const lab = await kioskLab()
    mkdirSync(join(lab.profile, 'Default/Service Worker'), { recursive: true })
    lab.answers.health = undefined
    lab.start()
    await expect.poll(() => lab.noted('opened'), POLL).toHaveLength(1)
  })

  it('opens it anew when the page has been silent for three minutes', async () => {
    const lab = await kioskLab()
    lab.answers.kiosk = 503
    const kiosk = lab.start()
    await expect.poll(() => lab.noted('opened'), POLL).toHaveLength(2)
    expect(kiosk.said()).toContain('the page is silent')
    const looks = lab
      .naps()
      .slice(0, lab.naps().indexOf(2))
      .filter((seconds) => seconds === 5)
    expect(looks.length * 5).toBeGreaterThan(180)
    expect(looks.length * 5).toBeLessThanOrEqual(190)
    const [first] = lab.noted('pids').map((line) => line.split(' ').map(Number))
    expect(first?.map(isAlive)).toEqual([false, false])
  })

  it.each([
    ['speaks', 200],
    ['cannot be asked about, as the server is away', undefined],
    ['is nothing an older server knows of', 404],
  ])('leaves it alone while the page %s', async (_, status) => {
    const lab = await kioskLab()
    lab.answers.kiosk = status
    lab.start()
    await expect.poll(() => lab.naps().length, POLL).toBeGreaterThan(60)
    expect(lab.noted('opened')).toHaveLength(1)
  })

  it('gives the page its three minutes again when the server comes back', async () => {
    const lab = await kioskLab()
    lab.answers.kiosk = 503
    lab.start()
    await expect.poll(() => lab.naps().length, POLL).toBeGreaterThan(20)
    lab.answers.kiosk = undefined
    const away = lab.naps().length
    await expect.poll(() => lab.naps().length, POLL).toBeGreaterThan(away + 3)
    lab.answers.kiosk = 503
    const back = lab.naps().length
    await expect.poll(() => lab.noted('opened'), POLL).toHaveLength(2)
    expect((lab.naps().lastIndexOf(2) - back) * 5).toBeGreaterThanOrEqual(180)
  })

  it('is there once: a second one says so and ends well', async () => {
    const lab = await kioskLab()
    lab.start()
    await expect.poll(() => lab.noted('opened'), POLL).toHaveLength(1)
    const second = lab.start()
    expect(await second.ended()).toBe(0)
    expect(second.said()).toContain('it is running already')
    expect(lab.noted('opened')).toHaveLength(1)
  })

  it.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)('on %s ends without leaving a child', async (signal) => {
    const lab = await kioskLab()
    const kiosk = lab.start()
    await expect.poll(() => lab.noted('pids'), POLL).toHaveLength(1)
    expect(leftIn(lab.folder).length).toBeGreaterThan(2)
    kiosk.process.kill(signal)
    expect(await kiosk.ended()).toBe(0)
    const pids = (lab.noted('pids')[0] ?? '').split(' ').map(Number)
    expect(pids.map(isAlive)).toEqual([false, false])
    expect(leftIn(lab.folder)).toEqual([])
  })

  it('on SIGTERM ends a browser that will not end', async () => {
    const lab = await kioskLab()
    lab.browser('will not end')
    const kiosk = lab.start()
    await expect.poll(() => lab.noted('pids'), POLL).toHaveLength(1)
    kiosk.process.kill('SIGTERM')
    expect(await kiosk.ended()).toBe(0)
    expect(lab.naps().filter((seconds) => seconds === 0.5)).toHaveLength(20)
    expect(leftIn(lab.folder)).toEqual([])
  })

  it('on SIGTERM while it waits ends at once', async () => {
    const lab = await kioskLab()
    lab.answers.health = undefined
    lab.program('sleep', `echo "$*" >>"${lab.folder}/naps"\nexec /bin/sleep 100`)
    const kiosk = lab.start()
    await expect.poll(() => lab.naps(), POLL).toHaveLength(1)
    kiosk.process.kill('SIGTERM')
    expect(await kiosk.ended()).toBe(0)
    expect(leftIn(lab.folder)).toEqual([])
  })

  it('takes its browser with it when it is killed, and can be started again', async () => {
    const lab = await kioskLab()
    const kiosk = lab.start()
    await expect.poll(() => lab.noted('pids'), POLL).toHaveLength(1)
    kiosk.process.kill('SIGKILL')
    const [main = 0] = (lab.noted('pids')[0] ?? '').split(' ').map(Number)
    await expect.poll(() => isAlive(main), POLL).toBe(false)
    lab.start()
    await expect.poll(() => lab.noted('opened'), POLL).toHaveLength(2)
  })

  it('can be started again at once when it was killed while it asked the server something', async () => {
    const lab = await kioskLab()
    const asks = `echo "$*" >>"${lab.folder}/asked"; exec /bin/sleep 1`
    lab.program('curl', `case "$*" in *kiosk*) ${asks} ;; *) printf 200 ;; esac`)
    const kiosk = lab.start()
    await expect.poll(() => lab.noted('asked'), POLL).toHaveLength(1)
    kiosk.process.kill('SIGKILL')
    lab.start()
    await expect.poll(() => lab.noted('opened'), POLL).toHaveLength(2)
  })

  it('says that Chromium is not installed', async () => {
    const lab = await kioskLab()
    spawnSync('rm', [join(lab.folder, 'bin/chromium')])
    const kiosk = lab.start({ PATH: `${join(lab.folder, 'bin')}:${withoutChromium(lab.folder)}` })
    expect(await kiosk.ended()).toBe(69)
    expect(kiosk.said()).toContain('Chromium is not installed')
  })
})

it('the desktop starts it by its place in the home of whoever logs in', () => {
  const entry = readFileSync(join(import.meta.dirname, '../../kiosk/home-energy-kiosk.desktop'), 'utf8')
  expect(entry).toMatch(/^\[Desktop Entry\]\nType=Application\n/)
  const [, command = ''] = /^Exec=sh -c '(.*)'$/m.exec(entry) ?? []
  const { stdout } = spawnSync('sh', ['-c', command.replace('exec', 'echo')], {
    encoding: 'utf8',
    env: { HOME: '/home/sam' },
  })
  expect(stdout.trim()).toBe('/home/sam/bin/home-energy-kiosk.sh')
})

/** The system's programs without its Chromium. */
function withoutChromium(folder: string): string {
  const bin = join(folder, 'system')
  mkdirSync(bin)
  for (const tool of ['bash', 'env', 'curl', 'flock', 'setpriv', 'kill', 'rm', 'grep', 'cat'])
    spawnSync('ln', ['--symbolic', spawnSync('which', [tool], { encoding: 'utf8' }).stdout.trim(), bin])
  return bin
}

/** Processes that were started with something of the lab's in their environment. */
function leftIn(folder: string): string[] {
  const { stdout } = spawnSync(
    'bash',
    ['-c', `grep --files-with-matches --text --fixed-strings "${folder}" /proc/[0-9]*/environ 2>/dev/null`],
    {
      encoding: 'utf8',
    },
  )
  return stdout.split('\n').filter(Boolean)
}
