// The units as systemd itself judges them, without starting any.
import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../backend/temporary.ts'
import { ROOT } from './lab.ts'

const SERVICES = ['home-energy-dashboard', 'home-energy-sync-cache', 'home-energy-settle'].map(
  (name) => `${name}.service`,
)
const UNITS = [...SERVICES, 'home-energy-settle.path', 'home-energy-sync-cache.timer']
const template = (unit: string): string => readFileSync(join(ROOT, 'systemd', unit), 'utf8')

/** "Name=value" of each line that says something. */
const linesOf = (text: string): string[] =>
  text.split('\n').filter((line) => /^[A-Z][A-Za-z0-9]+=/.test(line))

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0
const analyse = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync('systemd-analyze', args, { encoding: 'utf8' })
  return { status, said: (stdout + stderr).trim() }
}

describe.skipIf(!hasSystemd)('systemd (skipped where systemd-analyze is not installed)', () => {
  let folder: string
  const path = (unit: string) => join(folder, unit)

  beforeAll(async () => {
    folder = await installedUnits()
  })

  it.each(UNITS)('has nothing to say against %s', (unit) => {
    expect(analyse('verify', path(unit)).said).toBe('')
  })

  it.each(SERVICES)('thinks %s exposed by no more than 1.5 of 10', (unit) => {
    const { status, said } = analyse('security', '--offline=true', '--threshold=15', path(unit))
    expect(status, said).toBe(0)
  })

  it('would complain of a line that it does not know, and of a service in the open', () => {
    const wrong = join(temporaryFolder(), 'wrong.service')
    writeFileSync(wrong, '[Service]\nExecStart=/bin/true\nProtectHoem=yes\n')
    expect(analyse('verify', wrong).said).toMatch(/Unknown key (name )?'ProtectHoem'/)
    expect(analyse('security', '--offline=true', '--threshold=15', wrong).status).not.toBe(0)
  })
})

/** A suite's own lab would be gone with its first test. */
async function installedUnits(): Promise<string> {
  const folder = temporaryFolder('suite')
  const [checkout, etc] = [join(folder, 'home'), join(folder, 'etc/systemd/system')]
  execFileSync(
    'bash',
    [
      '-c',
      'mkdir --parents "$1/pi" "$1-releases/current/node_modules/node-linux-$2/bin" bin && cp --recursive "$3/systemd" "$1" && cp "$3"/pi/*.sh "$1/pi" && ln --symbolic "$4" "$1-releases/current/node_modules/node-linux-$2/bin/node" && ln --symbolic /bin/true bin/systemctl',
      'bash',
      checkout,
      process.arch,
      ROOT,
      process.execPath,
    ],
    { cwd: folder },
  )
  execFileSync(join(checkout, 'pi/install-units.sh'), ['sam', checkout, checkout], {
    env: { DESTDIR: folder, PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
  })
  expect(readdirSync(etc).sort()).toEqual([...UNITS].sort())
  return etc
}

describe('the units', () => {
  it('say why: each of their lines is explained in pi/README.md, or above it', () => {
    const readme = readFileSync(join(ROOT, 'pi/README.md'), 'utf8')
    const names = UNITS.flatMap((unit) => linesOf(template(unit))).map((line) => line.split('=')[0] as string)
    expect(names.length).toBeGreaterThan(100)
    expect(
      [...new Set(names)].filter((name) => !readme.includes(`\`${name}\``) && !isExplained(name)),
    ).toEqual([])
  })

  it('share one sandbox, and differ only where their work does', () => {
    const sandbox = (unit: string) =>
      template(unit)
        .split('# The sandbox.')[1]
        ?.split('\n')
        .filter((line) => /^[A-Z]/.test(line)) ?? []
    const [dashboard, sync] = [
      sandbox('home-energy-dashboard.service'),
      sandbox('home-energy-sync-cache.service'),
    ]
    expect(sync.length).toBeGreaterThan(25)
    expect(dashboard.filter((line) => !sync.includes(line)).map((line) => line.split('=')[0])).toEqual([
      'RestrictAddressFamilies',
      'IPAddressDeny',
      'IPAddressAllow',
      'WantedBy',
    ])
    expect(sync.filter((line) => !dashboard.includes(line))).toEqual([
      'RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX',
    ])
  })

  it('never forbid Node its compiler, which would kill it at the start', () => {
    for (const unit of SERVICES) expect(template(unit)).not.toContain('MemoryDenyWriteExecute')
  })

  it('give the token to the refresh alone', () => {
    for (const unit of ['home-energy-dashboard.service', 'home-energy-settle.service']) {
      expect(template(unit)).toContain('\nUnsetEnvironment=AMBER_TOKEN\n')
      expect(template(unit)).toContain('\nInaccessiblePaths=-/etc/home-energy-analysis/dashboard.env\n')
    }
  })

  it('let a refresh that hangs end before the next one is due', () => {
    const seconds = (name: string, unit: string) =>
      Number(new RegExp(`^${name}=(\\d+)s?$`, 'm').exec(template(unit))?.[1])
    const longest =
      seconds('TimeoutStartSec', SERVICES[1] as string) + seconds('TimeoutStopSec', SERVICES[1] as string)
    expect(longest + seconds('RandomizedDelaySec', 'home-energy-sync-cache.timer')).toBeLessThan(300)
    // And yet a price that settles late is waited for.
    expect(seconds('TimeoutStartSec', SERVICES[1] as string)).toBeGreaterThan(220)
  })
})

/** A comment stands right above it in one of the units. */
const isExplained = (name: string): boolean =>
  UNITS.some((unit) => new RegExp(`^# .*\\n${name}=`, 'm').test(template(unit)))
