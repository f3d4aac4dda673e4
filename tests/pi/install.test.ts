// From a checkout to an appliance and back, in a folder that stands for the machine.
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { type Lab, openInstalledLab, openLab, short, TOKEN, textOf } from './lab.ts'

vi.setConfig({ testTimeout: 120_000 })
const ETC = 'etc/home-energy-analysis'
const UNITS = [
  'home-energy-dashboard.service',
  'home-energy-settle.path',
  'home-energy-settle.service',
  'home-energy-sync-cache.service',
  'home-energy-sync-cache.timer',
]

const unitsIn = (lab: Lab): string[] => filesIn(join(lab.root, 'etc/systemd/system'))
const filesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : [])
const unit = (lab: Lab, name: string): string =>
  readFileSync(join(lab.root, 'etc/systemd/system', name), 'utf8')
const settings = (lab: Lab): string => readFileSync(join(lab.root, ETC, 'dashboard.env'), 'utf8')
const pointerKeys = (lab: Lab): string => textOf(join(lab.root, 'home/.config/labwc/rc.xml'))
/** What a script needs to run at all. */
const BARE = ['basename', 'bash', 'cat', 'cmp', 'dirname', 'env', 'grep', 'id', 'install', 'mkdir', 'mv']
const modeOf = (path: string): number => statSync(path).mode & 0o777

/** A folder for the PATH in which there is nothing else, whatever this machine has. */
function linksTo(lab: Lab, tools: readonly string[]): string {
  const folder = join(lab.root, 'bare')
  mkdirSync(folder)
  const where = execFileSync('which', tools, { encoding: 'utf8' }).trim().split('\n')
  for (const path of where) symlinkSync(path, join(folder, basename(path)))
  return folder
}

describe('pi/install.sh', () => {
  it('makes a bare machine the appliance: group, settings, release, units, and it serves', async () => {
    const lab = await openLab()
    rmSync(join(lab.root, 'etc'), { recursive: true })
    const { code, output } = await lab.run('install.sh')
    expect(code, output).toBe(0)
    expect(await lab.served()).toBe(lab.git('rev-parse', 'HEAD').slice(0, 7))
    expect(lab.calls()).toMatch(
      /groupadd --system homeenergy\n(.*\n)*?usermod --append --groups homeenergy \w+/,
    )
    expect(settings(lab)).toBe(readFileSync(join(lab.checkout, 'pi/dashboard.env.example'), 'utf8'))
    expect(modeOf(join(lab.root, ETC, 'dashboard.env'))).toBe(0o640)
    expect(modeOf(join(lab.root, ETC))).toBe(0o750)
    expect(lab.calls()).toContain(`chown root:homeenergy ${join(lab.root, ETC, 'dashboard.env')}`)
    expect(unitsIn(lab)).toEqual(UNITS)
    expect(lab.calls()).toContain(
      'systemctl enable --now home-energy-dashboard.service home-energy-sync-cache.timer home-energy-settle.path',
    )
    expect(lab.calls()).toMatch(/npx --yes npm@11 ci/)
  })

  it('fills in who runs it and where, and leaves nothing open', async () => {
    const lab = await openInstalledLab()
    const dashboard = unit(lab, 'home-energy-dashboard.service')
    expect(dashboard).toContain(`WorkingDirectory=${lab.releases}/current\n`)
    expect(dashboard).toMatch(/^User=(?!@)\w+$/m)
    expect(unit(lab, 'home-energy-settle.service')).toContain(`${lab.checkout}/pi/update.sh --settle`)
    expect(unit(lab, 'home-energy-settle.path')).toContain(`PathExists=${lab.releases}/on-trial.json\n`)
    for (const name of UNITS) expect(unit(lab, name)).not.toMatch(/@[A-Z]+@/)
    const node = /^ExecStart=(\S+)/m.exec(dashboard)?.[1] ?? ''
    expect(existsSync(node)).toBe(true)
  })

  it('again changes nothing, and overwrites no settings', async () => {
    const lab = await openInstalledLab()
    writeFileSync(
      join(lab.root, ETC, 'dashboard.env'),
      `AMBER_TOKEN=${TOKEN}\nPORT=${new URL(lab.origin).port}\nDEBUG=1\n`,
    )
    lab.tell('group')
    const before = [...unitsIn(lab).map((name) => unit(lab, name)), settings(lab), lab.linked('current')]
    const { code, output } = await lab.run('install.sh')
    expect(code, output).toBe(0)
    expect([...unitsIn(lab).map((name) => unit(lab, name)), settings(lab), lab.linked('current')]).toEqual(
      before,
    )
    expect(lab.calls()).not.toMatch(/groupadd|npx|daemon-reload|restart/)
  })

  it('again repairs what is missing', async () => {
    const lab = await openInstalledLab()
    rmSync(join(lab.releases, 'current'))
    rmSync(join(lab.root, 'etc/systemd/system/home-energy-sync-cache.timer'))
    writeFileSync(join(lab.root, 'etc/systemd/system/home-energy-dashboard.service'), 'half a un')
    const { code, output } = await lab.run('install.sh')
    expect(code, output).toBe(0)
    expect(lab.linked('current')).toBe(short(lab.first))
    expect(unitsIn(lab)).toEqual(UNITS)
    expect(unit(lab, 'home-energy-dashboard.service')).toContain('[Install]')
    expect(lab.calls()).toContain('systemctl try-restart home-energy-dashboard.service')
  })

  it('again leaves the release that runs to the update', async () => {
    const lab = await openInstalledLab()
    lab.publish({})
    lab.git('pull', '--quiet')
    expect((await lab.run('install.sh')).code).toBe(0)
    expect(lab.linked('current')).toBe(short(lab.first))
  })

  it('with --dry-run says all it would do, and does nothing', async () => {
    const lab = await openLab()
    rmSync(join(lab.root, 'etc'), { recursive: true })
    const { code, output } = await lab.run('install.sh', ['--dry-run', '--kiosk', '--watchdog', '--journal'])
    expect(code, output).toBe(0)
    for (const words of [
      'groupadd --system homeenergy',
      'dashboard.env',
      'build-release.sh',
      ...UNITS,
      'systemctl enable --now home-energy-dashboard.service',
      'home-energy-kiosk.sh',
      'home-energy-watchdog.conf',
      'home-energy-journal.conf',
      'Nothing was done.',
    ])
      expect(output).toContain(words)
    expect(filesIn(join(lab.root, 'home'))).toEqual(['Home-Energy-Analysis'])
    expect(existsSync(join(lab.root, 'etc'))).toBe(false)
    expect(lab.calls().replaceAll(/^getent .*\n/gm, '')).toBe('')
  })

  it('with --kiosk puts the kitchen screen’s script and autostart into the home', async () => {
    const lab = await openLab()
    const { code, output } = await lab.run('install.sh', ['--kiosk'])
    expect(code, output).toBe(0)
    expect(modeOf(join(lab.root, 'home/bin/home-energy-kiosk.sh'))).toBe(0o755)
    expect(existsSync(join(lab.root, 'home/.config/autostart/home-energy-kiosk.desktop'))).toBe(true)
    expect(lab.calls()).toContain('raspi-config nonint do_boot_behaviour B4')
    expect(lab.calls()).toContain('raspi-config nonint do_blanking 1')
    expect(pointerKeys(lab)).toBe(readFileSync(join(lab.checkout, 'kiosk/labwc-rc.xml'), 'utf8'))
  })

  it('with --kiosk fetches the programs that are missing, and goes on without them', async () => {
    const lab = await openLab()
    const bare = { PATH: `${join(lab.root, 'bin')}:${linksTo(lab, BARE)}` }
    const install = () => lab.run('install-kiosk.sh', ['--session'], bare)
    const lacks = 'sudo apt-get install chromium wtype xdotool'
    lab.tell('offline')
    expect(await install()).toEqual({ code: 0, output: expect.stringContaining(lacks) })
    rmSync(join(lab.root, 'told/offline'))
    expect(await install()).toEqual({ code: 0, output: expect.not.stringContaining(lacks) })
    expect(lab.calls()).toContain('apt-get install --yes --no-install-recommends chromium wtype xdotool\n')
  })

  it('with --kiosk leaves the keys alone that a household has given labwc, and says what is missing there', async () => {
    const lab = await openLab()
    const own = join(lab.root, 'home/.config/labwc')
    mkdirSync(own, { recursive: true })
    chmodSync(join(own, '..'), 0o777)
    writeFileSync(join(own, 'rc.xml'), '<labwc_config/>')
    const { code, output } = await lab.run('install-kiosk.sh', ['--session'])
    expect(code, output).toBe(0)
    expect(output).toMatch(/note: the pointer stays on the screen until .*rc\.xml has the key/)
    expect(pointerKeys(lab)).toBe('<labwc_config/>')
    await lab.run('uninstall.sh')
    expect(pointerKeys(lab)).toBe('<labwc_config/>')
  })

  it('with --watchdog and --journal hardens the machine, and a clock battery is charged only if asked and on a Pi 5', async () => {
    const lab = await openLab()
    mkdirSync(join(lab.root, 'boot/firmware'), { recursive: true })
    const config = join(lab.root, 'boot/firmware/config.txt')
    writeFileSync(config, 'dtparam=audio=on\n')
    chmodSync(config, 0o666)
    const all = ['--watchdog', '--journal', '--rtc-battery']
    const { code, output } = await lab.run('install.sh', all)
    expect([code, output]).toEqual([0, expect.stringContaining('this is no Raspberry Pi 5')])
    expect(filesIn(join(lab.root, 'etc/systemd/system.conf.d'))).toEqual(['home-energy-watchdog.conf'])
    expect(filesIn(join(lab.root, 'etc/systemd/journald.conf.d'))).toEqual(['home-energy-journal.conf'])
    expect(readFileSync(config, 'utf8')).toBe('dtparam=audio=on\n')

    mkdirSync(join(lab.root, 'proc/device-tree'), { recursive: true })
    writeFileSync(join(lab.root, 'proc/device-tree/model'), 'Raspberry Pi 5 Model B Rev 1.0\0')
    await lab.run('machine.sh')
    expect(readFileSync(config, 'utf8')).toBe('dtparam=audio=on\n')
    for (let round = 0; round < 2; round++) await lab.run('machine.sh', ['--rtc-battery'])
    expect(readFileSync(config, 'utf8').match(/^dtparam=rtc_bbat_vchg=3000000$/gm)).toHaveLength(1)
  })

  it.each<[string, (lab: Lab) => void, RegExp]>([
    ['the packages cannot be fetched', (lab) => lab.tell('ci-fails'), /npm error/],
    ['the build fails', (lab) => lab.tell('build-fails'), /^/],
    [
      'the Node that came is not the one that the lockfile names',
      (lab) => lab.tell('wrong-node'),
      /not what the lockfile names/,
    ],
  ])('ends without touching systemd when %s, and goes through the next time', async (_, spoil, words) => {
    const lab = await openLab()
    spoil(lab)
    const { code, output } = await lab.run('install.sh')
    expect(code).not.toBe(0)
    expect(output).toMatch(words)
    expect(lab.calls()).not.toContain('systemctl')
    rmSync(join(lab.root, 'told'), { recursive: true })
    rmSync(join(lab.releases, 'node_modules'), { recursive: true, force: true })
    expect((await lab.run('install.sh')).code).toBe(0)
    expect(await lab.served()).not.toBe('nothing')
  })

  it('refuses what it cannot do, in a sentence', async () => {
    const lab = await openLab()
    expect(await lab.run('install.sh', ['--kisok'])).toMatchObject({ code: 64 })
    const asRoot = await lab.run('install.sh', [], { SUDO_USER: 'sam' })
    expect(asRoot).toMatchObject({ code: 64 })
    expect(asRoot.output).toMatch(/run it as sam, without sudo/)
    expect(await lab.run('machine.sh', ['--wacthdog'])).toMatchObject({ code: 64 })
    expect(lab.calls()).toBe('')
  })

  it('touches nothing where a program is missing that it needs later', async () => {
    const lab = await openLab()
    const tools = linksTo(lab, [...BARE, 'curl', 'flock', 'getconf', 'git', 'tar', 'uname'])
    const bare = { PATH: `${join(lab.root, 'bin')}:${tools}` }
    const lacks = (program: string) => ({
      code: 1,
      output: expect.stringContaining(`${program} is missing: `),
    })
    expect(await lab.run('install.sh', ['--https'], bare)).toEqual(lacks('openssl'))
    rmSync(join(lab.root, 'bin/sudo'))
    expect(await lab.run('install.sh', [], bare)).toEqual(lacks('sudo'))
    expect(lab.calls()).toBe('')
  })
})

describe('pi/uninstall.sh', () => {
  it('takes the units, the releases and the kitchen screen away and keeps facts and settings', async () => {
    const lab = await openInstalledLab()
    await lab.run('install.sh', ['--kiosk', '--watchdog', '--journal'])
    const { code, output } = await lab.run('uninstall.sh')
    expect(code, output).toBe(0)
    expect(await lab.served()).toBe('nothing')
    expect(unitsIn(lab)).toEqual([])
    expect(filesIn(join(lab.root, 'etc/systemd/system.conf.d'))).toEqual([])
    expect(filesIn(join(lab.root, 'etc/systemd/journald.conf.d'))).toEqual([])
    expect(existsSync(lab.releases)).toBe(false)
    expect(existsSync(join(lab.root, 'home/bin/home-energy-kiosk.sh'))).toBe(false)
    expect(pointerKeys(lab)).toBe('')
    expect(lab.rows()).toEqual([1, 2])
    expect(settings(lab)).toContain(TOKEN)
    expect(existsSync(join(lab.checkout, 'package.json'))).toBe(true)
    expect(output).toMatch(/Kept: .*\/var\/lib\/home-energy-analysis/)
    expect(output).toMatch(/Stays as it is: the desktop starts without a login/)
  })

  it('leaves no unit behind that counts as failed', async () => {
    const lab = await openInstalledLab()
    expect((await lab.run('uninstall.sh')).code).toBe(0)
    expect(lab.calls().trim().split('\n').at(-1)).toBe('systemctl reset-failed home-energy-*')
  })

  it('does not begin beside an update', async () => {
    const lab = await openInstalledLab()
    const pause = lab.pause('wait')
    const second = lab.publish({})
    const update = lab.start('update.sh', ['--wait', '4'])
    await update.said(/waiting/)
    const { code, output } = await lab.run('uninstall.sh')
    expect([code, output]).toEqual([75, expect.stringContaining('an update or an installation is running')])
    expect(unitsIn(lab)).toEqual(UNITS)
    pause.end()
    expect(await update.ended, update.output()).toBe(0)
    expect(await lab.served()).toBe(second.slice(0, 7))
  })

  it('takes those too when told', async () => {
    const lab = await openInstalledLab()
    lab.tell('group')
    expect((await lab.run('uninstall.sh', ['--purge'])).code).toBe(0)
    expect(existsSync(join(lab.root, 'var/lib/home-energy-analysis'))).toBe(false)
    expect(existsSync(join(lab.root, ETC))).toBe(false)
    expect(lab.calls()).toContain('groupdel homeenergy')
  })

  it('with --dry-run does nothing', async () => {
    const lab = await openInstalledLab()
    const { code, output } = await lab.run('uninstall.sh', ['--purge', '--dry-run'])
    expect(code, output).toBe(0)
    expect(output).not.toContain('Stays as it is')
    expect(output).toContain('would run: rm --recursive --force')
    expect(unitsIn(lab)).toEqual(UNITS)
    expect(await lab.served()).toBe(lab.first.slice(0, 7))
  })

  it('and the installation after it finds the household as it was', async () => {
    const lab = await openInstalledLab()
    await lab.run('uninstall.sh')
    expect((await lab.run('install.sh')).code).toBe(0)
    expect(await lab.served()).toBe(lab.first.slice(0, 7))
    expect(lab.rows()).toEqual([1, 2])
    expect(settings(lab)).toContain(TOKEN)
  })
})

describe('pi/set-token.sh', () => {
  const NEW = 'psk_99999999999999999999999999999999'

  it('writes the token into the settings, shows it nowhere, and refreshes', async () => {
    const lab = await openInstalledLab()
    lab.tell('enabled')
    const { code, output } = await lab.run('set-token.sh', [], {}, `${NEW}\n`)
    expect(code, output).toBe(0)
    expect(settings(lab)).toBe(`AMBER_TOKEN=${NEW}\nPORT=${new URL(lab.origin).port}\n`)
    expect(modeOf(join(lab.root, ETC, 'dashboard.env'))).toBe(0o640)
    expect(output + lab.calls()).not.toContain(NEW)
    expect(lab.calls()).toContain('systemctl restart --no-block home-energy-sync-cache.service')
    expect(filesIn(join(lab.root, ETC))).toEqual(['dashboard.env'])
  })

  it('adds the line where there is none', async () => {
    const lab = await openInstalledLab()
    writeFileSync(join(lab.root, ETC, 'dashboard.env'), 'PORT=5050')
    expect((await lab.run('set-token.sh', [], {}, NEW)).code).toBe(0)
    expect(settings(lab)).toBe(`PORT=5050\nAMBER_TOKEN=${NEW}\n`)
  })

  it.each(['', 'psk_1 2\n'])('refuses what is no token, and changes nothing: "%s"', async (given) => {
    const lab = await openInstalledLab()
    const { code, output } = await lab.run('set-token.sh', [], {}, given)
    expect(code).toBe(1)
    expect(output).toMatch(/that is no token/)
    expect(settings(lab)).toContain(TOKEN)
  })
})

describe('pi/health.sh', () => {
  it('says in one line that all is well, with exit code 0', async () => {
    const lab = await openInstalledLab()
    const { code, output } = await lab.run('health.sh')
    expect(code).toBe(0)
    expect(output).toMatch(new RegExp(`^ok, .*\\(${lab.first.slice(0, 7)}\\)\n$`))
  })

  it.each([
    ['stale', 1],
    ['unknown', 2],
  ])('tells %s by exit code %i', async (status, expected) => {
    const lab = await openInstalledLab()
    writeFileSync(join(lab.releases, 'current/behaviour.json'), JSON.stringify({ status }))
    lab.systemctl('restart', 'home-energy-dashboard.service')
    const { code, output } = await lab.run('health.sh')
    expect([code, output.split(',')[0]]).toEqual([expected, status])
  })

  it('names the problems in the same line', async () => {
    const lab = await openInstalledLab()
    const problems = ['usage-late', 'certificate-ending'].map((code) => ({ code, message: 'Do this.' }))
    writeFileSync(join(lab.releases, 'current/behaviour.json'), JSON.stringify({ problems }))
    lab.systemctl('restart', 'home-energy-dashboard.service')
    const { code, output } = await lab.run('health.sh')
    expect([code, output]).toEqual([0, expect.stringMatching(/\): usage-late, certificate-ending\n$/)])
  })

  it('tells that nobody answers by exit code 2', async () => {
    const lab = await openInstalledLab()
    lab.systemctl('stop', 'home-energy-dashboard.service')
    const { code, output } = await lab.run('health.sh')
    expect([code, output]).toEqual([2, expect.stringMatching(/^no answer: /)])
  })

  it('waits until it is well, as long as it is told to', async () => {
    const lab = await openInstalledLab()
    lab.systemctl('stop', 'home-energy-dashboard.service')
    expect((await lab.run('health.sh', ['--wait', '1'])).code).toBe(2)
    const waiting = lab.start('health.sh', ['--wait', '60'])
    lab.systemctl('restart', 'home-energy-dashboard.service')
    expect(await waiting.ended).toBe(0)
    expect((await lab.run('health.sh', ['--wait', 'x'])).code).toBe(64)
  })
})
