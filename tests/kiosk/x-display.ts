// A screen that is not there: an X server that draws into a file, and what is to be seen on it.
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { onTestFinished } from 'vitest'

export interface Display {
  /** For DISPLAY. */
  readonly name: string
  look(): Picture
}

export interface Picture {
  readonly width: number
  readonly height: number
  /** "#rrggbb" */
  colourAt(x: number, y: number): string
  png(): Buffer
}

export async function openDisplay(folder: string, { width = 1280, height = 720 } = {}): Promise<Display> {
  const screen = ['-screen', '0', `${width}x${height}x24`]
  const server = spawn(
    'Xvfb',
    ['-displayfd', '1', ...screen, '-fbdir', folder, '-nolisten', 'tcp', '-noreset'],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  onTestFinished(() => void server.kill('SIGTERM'))
  const number = await firstLine(server)
  return { name: `:${number}`, look: () => pictureIn(readFileSync(join(folder, 'Xvfb_screen0'))) }
}

function firstLine(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    server.stdout?.once('data', (chunk) => resolve(String(chunk).trim()))
    server.once('exit', () => reject(new Error('Xvfb ended')))
  })
}

/** The X Window Dump format, version 7: a header of 32-bit numbers, a colour map, and lines of pixels. */
function pictureIn(dump: Buffer): Picture {
  const field = (index: number) => dump.readUInt32BE(index * 4)
  const [headerBytes, width, height] = [field(0), field(4), field(5)]
  const [isBigEndian, bitsPerPixel, lineBytes, colours] = [field(7) === 1, field(11), field(12), field(19)]
  if (bitsPerPixel !== 32) throw new Error(`${bitsPerPixel} bits a pixel`)
  const start = headerBytes + colours * 12
  const pixel = (x: number, y: number) => {
    const at = start + y * lineBytes + x * 4
    return (isBigEndian ? dump.readUInt32BE(at) : dump.readUInt32LE(at)) & 0xffffff
  }
  const colourAt = (x: number, y: number) => `#${pixel(x, y).toString(16).padStart(6, '0')}`
  return { width, height, colourAt, png: () => pngOf(width, height, pixel) }
}

function pngOf(width: number, height: number, pixel: (x: number, y: number) => number): Buffer {
  const lines = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) lines.writeUIntBE(pixel(x, y), y * (1 + width * 3) + 1 + x * 3, 3)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}
