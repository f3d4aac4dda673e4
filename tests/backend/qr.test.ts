import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { correction } from '../../backend/http/qr/field.ts'
import { formatBits } from '../../backend/http/qr/matrix.ts'
import { qrSvg } from '../../backend/http/qr/svg.ts'
import { FORMATS_OF_LEVEL_M, modulesOf, read } from './qr-reader.ts'
import { temporaryFolder } from './temporary.ts'

/** The longest text of each version, and the first that needs the next one. */
const LENGTHS = [0, 1, 14, 15, 26, 27, 42, 43, 62, 63, 84, 85, 106]
const ADDRESS = 'http://raspberrypi.local:5050/setup'
const textOf = (length: number) => ADDRESS.padEnd(length, '?aZ09~').slice(0, length)

describe('the QR code', () => {
  it('corrects errors by the published example: version 1-M of HELLO WORLD', () => {
    const message = [32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17]
    expect(correction(message, 10)).toEqual([196, 35, 39, 119, 235, 215, 231, 226, 93, 23])
  })

  it('says its format by the published table', () => {
    expect(FORMATS_OF_LEVEL_M.map((_, mask) => formatBits(mask).toString(2).padStart(15, '0'))).toEqual(
      FORMATS_OF_LEVEL_M,
    )
  })

  it.each(LENGTHS)('of %i bytes is read back from the picture', (length) => {
    expect(read(modulesOf(qrSvg(textOf(length)) ?? ''))).toBe(textOf(length))
  })

  it('is as small as the text allows', () => {
    const sizes = LENGTHS.map((length) => modulesOf(qrSvg(textOf(length)) ?? '').length)
    expect(sizes).toEqual([21, 21, 21, 25, 25, 29, 29, 33, 33, 37, 37, 41, 41])
  })

  it('holds every kind of character', () => {
    for (const text of ['http://küche.local/ä', '\u{1f50c}', '\0\u007f"<&>'])
      expect(read(modulesOf(qrSvg(text) ?? ''))).toBe(text)
  })

  it('is none where the text is longer than it can hold', () => {
    expect(qrSvg(textOf(107))).toBeUndefined()
  })
})

const hasScanner = ['zbarimg', 'rsvg-convert'].every((tool) => spawnSync(tool, ['--version']).status === 0)
describe.skipIf(!hasScanner)('a scanner (skipped where zbarimg and rsvg-convert are not installed)', () => {
  it('reads what was written', () => {
    const folder = temporaryFolder()
    for (const length of LENGTHS.slice(2)) {
      const picture = join(folder, `${length}.png`)
      writeFileSync(join(folder, 'code.svg'), qrSvg(textOf(length)) ?? '')
      spawnSync('rsvg-convert', ['--width=400', join(folder, 'code.svg'), `--output=${picture}`])
      const { stdout } = spawnSync('zbarimg', ['--quiet', '--raw', picture], { encoding: 'utf8' })
      expect(stdout.trimEnd()).toBe(textOf(length))
    }
  })
})
