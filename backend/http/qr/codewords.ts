// A text as the bytes of a QR code: byte mode, error correction level M (a seventh of the code may be unreadable).
import { correction } from './field.ts'

/** By version, 1 to 6: how many blocks, how many bytes of the text and of its correction each block holds. */
const BLOCKS = [
  { blocks: 1, bytes: 16, corrections: 10 },
  { blocks: 1, bytes: 28, corrections: 16 },
  { blocks: 1, bytes: 44, corrections: 26 },
  { blocks: 2, bytes: 32, corrections: 18 },
  { blocks: 2, bytes: 43, corrections: 24 },
  { blocks: 4, bytes: 27, corrections: 16 },
] as const

const BYTE_MODE = 0b0100
/** Mode and length. */
const HEADER_BITS = 12
const FILLERS = [0xec, 0x11] as const

export interface Codewords {
  /** 1 to 6: 21 to 41 modules wide. */
  readonly version: number
  readonly bytes: readonly number[]
}

/** Undefined: longer than 106 bytes. */
export function codewordsOf(text: string): Codewords | undefined {
  const message = [...new TextEncoder().encode(text)]
  const index = BLOCKS.findIndex(
    ({ blocks, bytes }) => message.length * 8 + HEADER_BITS <= blocks * bytes * 8,
  )
  const layout = BLOCKS[index]
  if (!layout) return undefined
  const filled = withHeader(message, layout.blocks * layout.bytes)
  const blocks = Array.from({ length: layout.blocks }, (_, block) =>
    filled.slice(block * layout.bytes, (block + 1) * layout.bytes),
  )
  const corrections = blocks.map((block) => correction(block, layout.corrections))
  return { version: index + 1, bytes: [...interleaved(blocks), ...interleaved(corrections)] }
}

/** Four bits of mode, eight of length, the message, four of end: everything is shifted by half a byte. */
function withHeader(message: readonly number[], room: number): number[] {
  const nibbles = [BYTE_MODE, message.length >> 4, message.length & 15]
  for (const byte of message) nibbles.push(byte >> 4, byte & 15)
  nibbles.push(0)
  const bytes: number[] = []
  for (let at = 0; at < nibbles.length; at += 2) bytes.push((nibbles[at]! << 4) | nibbles[at + 1]!)
  for (let at = 0; bytes.length < room; at++) bytes.push(FILLERS[at % 2]!)
  return bytes
}

const interleaved = (blocks: readonly (readonly number[])[]): number[] =>
  blocks[0]!.flatMap((_, at) => blocks.map((block) => block[at]!))
