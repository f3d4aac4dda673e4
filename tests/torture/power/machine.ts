// A computer that can lose its power: qemu without the host's processor, on a disk with a cache of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BootFiles } from './boot-files.ts'
import { type DiskServer, serveDisk } from './nbd.ts'
import { watchClock } from './qmp.ts'
import type { Cut, VolatileDisk } from './volatile-disk.ts'

export interface MachineSettings {
  readonly boot: BootFiles
  readonly disk: VolatileDisk
  /** What its clock shows when it is switched on. */
  readonly clockMs: number
  /** Ports of this machine that lead to the virtual one's. */
  readonly ports: { readonly dashboard: number; readonly eye: number }
  readonly consoleLog: string
  readonly onWrite: () => void
  /** Told several times a second what its clock shows. */
  readonly onClock: (ms: number) => void
}

export interface Machine {
  readonly isOn: () => boolean
  /** The plug: from this very call on nothing reaches the disk, and nobody in the machine is told. */
  pull(): void
  /** Pulls the plug; what was not flushed is lost but for what survives. */
  cut(survives: () => boolean): Promise<Cut>
}

export async function switchOn(settings: MachineSettings): Promise<Machine> {
  const { disk, onWrite, onClock } = settings
  const folder = mkdtempSync(join(tmpdir(), 'home-energy-power-'))
  const [socket, monitor] = [join(folder, 'disk'), join(folder, 'monitor')]
  let hasPower = true
  const server = await serveDisk(disk, socket, { onWrite, isOn: () => hasPower })
  const qemu = spawn('nice', ['-n', '5', 'qemu-system-x86_64', ...options(settings, socket, monitor)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const endWatch = watchClock(monitor, onClock)
  return {
    isOn: () => qemu.exitCode === null && qemu.signalCode === null,
    pull: () => {
      hasPower = false
    },
    cut: async (survives) => {
      hasPower = false
      endWatch()
      await ended(qemu, server)
      rmSync(folder, { recursive: true, force: true })
      return disk.cut(survives)
    },
  }
}

async function ended(qemu: ChildProcess, server: DiskServer): Promise<void> {
  const gone = qemu.exitCode === null && qemu.signalCode === null ? once(qemu, 'exit') : undefined
  qemu.kill('SIGKILL')
  await server.close()
  await gone
}

/** An emulated processor has nothing to hide from its neighbours. */
const QUICK = 'mitigations=off audit=0 apparmor=0 selinux=0 nokaslr cryptomgr.notests'

function options(
  { boot, clockMs, ports, consoleLog }: MachineSettings,
  socket: string,
  monitor: string,
): string[] {
  const forward = (from: number, to: number) => `hostfwd=tcp:127.0.0.1:${from}-:${to}`
  return [
    ...['-machine', 'q35', '-accel', 'tcg', '-cpu', 'max', '-smp', '1', '-m', '768'],
    ...['-nodefaults', '-no-reboot', '-display', 'none'],
    ...['-kernel', boot.kernel, '-initrd', boot.initrd],
    ...[
      '-append',
      `root=/dev/vda ro rootwait fsck.repair=yes ${QUICK} console=ttyS0 loglevel=4 systemd.show_status=0`,
    ],
    // Its time goes by the instructions it has carried out: on a busy host it is slow, and not too late for everything.
    ...['-icount', 'shift=0,sleep=on'],
    ...['-rtc', `base=${new Date(clockMs).toISOString().slice(0, 19)},clock=vm`],
    ...['-qmp', `unix:${monitor},server=on,wait=off`],
    // Writeback: the machine knows that its disk has a cache, and says when it wants it flushed.
    ...['-drive', `file=nbd+unix:///?socket=${socket},if=virtio,format=raw,cache=writeback`],
    ...['-netdev', `user,id=wire,${forward(ports.dashboard, 5050)},${forward(ports.eye, 5051)}`],
    ...['-device', 'virtio-net-pci,netdev=wire', '-device', 'virtio-rng-pci'],
    ...['-serial', `file:${consoleLog}`],
  ]
}
