// A disk as it is sold: what is written to it lies in its own fast memory until it is told to flush. When the power goes, each
// sector that was written since then is the new one or still an old one, in no order, so a longer write may be torn.
import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'

/** The most that a disk promises to write whole. */
export const SECTOR_BYTES = 512

export interface VolatileDisk {
  readonly bytes: number
  /** Writes so far. */
  writes(): number
  read(offset: number, length: number): Buffer
  write(offset: number, content: Buffer): void
  flush(): void
  /** The power goes: `survives` is asked once for each sector not flushed. Afterwards it is a disk that was flushed. */
  cut(survives: () => boolean): Cut
  close(): void
}

export interface Cut {
  /** Sectors that were written and not flushed. */
  readonly pending: number
  /** Of these, the ones that are as they were before. */
  readonly lost: number
}

/** On the file of that name, which is made where it is missing. */
export function openVolatileDisk(path: string, bytes: number): VolatileDisk {
  const file = openSync(path, 'a+')
  closeSync(file)
  const image = openSync(path, 'r+')
  ftruncateSync(image, bytes)
  /** Sector → what it held when the last flush ended. The file itself holds what was written last. */
  const flushed = new Map<number, Buffer>()
  let count = 0

  const read = (offset: number, length: number): Buffer => {
    const content = Buffer.alloc(length)
    readSync(image, content, 0, length, offset)
    return content
  }
  const remember = (offset: number, length: number) => {
    const before = read(offset, length)
    for (let at = 0; at < length; at += SECTOR_BYTES) {
      const sector = (offset + at) / SECTOR_BYTES
      if (!flushed.has(sector)) flushed.set(sector, before.subarray(at, at + SECTOR_BYTES))
    }
  }
  return {
    bytes,
    writes: () => count,
    read,
    write: (offset, content) => {
      if (offset % SECTOR_BYTES !== 0 || content.length % SECTOR_BYTES !== 0)
        throw new Error(`a write of ${content.length} bytes at ${offset} is not one of whole sectors`)
      remember(offset, content.length)
      writeSync(image, content, 0, content.length, offset)
      count += 1
    },
    flush: () => flushed.clear(),
    cut: (survives) => {
      const pending = flushed.size
      let lost = 0
      for (const [sector, before] of flushed) {
        if (survives()) continue
        writeSync(image, before, 0, SECTOR_BYTES, sector * SECTOR_BYTES)
        lost += 1
      }
      flushed.clear()
      return { pending, lost }
    },
    close: () => closeSync(image),
  }
}
