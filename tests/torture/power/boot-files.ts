// The kernel of this machine, made easy for an emulated processor: unpacked, and with no more beside it than it needs to find its
// disk and its network.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Kernel } from './needed.ts'

export interface BootFiles {
  readonly kernel: string
  readonly initrd: string
}

const MODULES = ['virtio_pci', 'virtio_blk', 'virtio_net', 'virtio_rng', 'ext4', 'crc32c_generic']
const XZ_MAGIC = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00])

export function bootFiles(folder: string, kernel: Kernel): BootFiles {
  return { kernel: unpackedKernel(folder, kernel.image), initrd: initrdOf(folder, kernel.version) }
}

/** Unpacking it takes an emulated processor longer than all the rest of the start. */
function unpackedKernel(folder: string, image: string): string {
  const packed = readFileSync(image)
  const start = packed.indexOf(XZ_MAGIC)
  if (start < 0) return image
  const [part, path] = [join(folder, 'vmlinux.xz'), join(folder, 'vmlinux')]
  writeFileSync(part, packed.subarray(start))
  // More follows in the file; xz is to stop where the kernel ends.
  const unpack = ['--decompress', '--stdout', '--single-stream', part]
  writeFileSync(path, execFileSync('xz', unpack, { maxBuffer: 512 * 1024 ** 2 }))
  return path
}

function initrdOf(folder: string, version: string): string {
  const settings = join(folder, 'initramfs')
  const [packed, path] = [join(folder, 'initrd.gz'), join(folder, 'initrd')]
  for (const name of ['conf.d', 'hooks', 'scripts']) mkdirSync(join(settings, name), { recursive: true })
  writeFileSync(join(settings, 'initramfs.conf'), 'MODULES=list\nBUSYBOX=auto\nCOMPRESS=gzip\n')
  writeFileSync(join(settings, 'modules'), `${MODULES.join('\n')}\n`)
  execFileSync('mkinitramfs', ['-d', settings, '-o', packed, version], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  writeFileSync(path, gunzipSync(readFileSync(packed)))
  return path
}
