// What the machine must have on which another one is cut off.
import { existsSync, globSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Program → the Debian package that brings it. */
const PROGRAMS = {
  'qemu-system-x86_64': 'qemu-system-x86',
  debootstrap: 'debootstrap',
  'mkfs.ext4': 'e2fsprogs',
  debugfs: 'e2fsprogs',
  chroot: 'coreutils',
  mkinitramfs: 'initramfs-tools-core',
  xz: 'xz-utils',
} as const

export interface Host {
  readonly path: string
  readonly isRoot: boolean
  /** Those that are installed with their modules, the newest last. */
  readonly kernels: readonly Kernel[]
}

export interface Kernel {
  readonly version: string
  readonly image: string
  readonly modules: string
}

export function thisHost(): Host {
  return {
    path: [process.env.PATH, '/usr/sbin', '/sbin'].join(delimiter),
    isRoot: process.getuid?.() === 0,
    kernels: globSync('/boot/vmlinuz-*')
      .sort()
      .map((image) => kernelOf(image.replace('/boot/vmlinuz-', '')))
      .filter(({ modules }) => existsSync(modules)),
  }
}

const kernelOf = (version: string): Kernel => ({
  version,
  image: `/boot/vmlinuz-${version}`,
  modules: `/lib/modules/${version}`,
})

/** One sentence that says what is missing; undefined where nothing is. */
export function missing({ path, isRoot, kernels }: Host): string | undefined {
  const absent = Object.entries(PROGRAMS).filter(
    ([program]) => !path.split(delimiter).some((folder) => existsSync(join(folder, program))),
  )
  const packages = new Set(absent.map(([, name]) => name as string))
  if (kernels.length === 0) packages.add('linux-image-amd64')
  const wants = [
    ...(packages.size > 0 ? [`these Debian packages: ${[...packages].join(' ')}`] : []),
    ...(isRoot ? [] : ['root, to build the disk of the virtual machine']),
  ]
  return wants.length > 0 ? `torture power: not run, this machine lacks ${wants.join('; and ')}.` : undefined
}
