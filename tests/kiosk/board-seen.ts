// What somebody sees who stands in the kitchen, told from the pixels of the screen alone.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Picture } from './x-display.ts'

const TOKENS = readFileSync(join(import.meta.dirname, '../../frontend/src/look/tokens.css'), 'utf8')

/** As the style sheet names it: the first of a name is the one by day. */
const token = (name: string): string => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(TOKENS)?.[1] ?? 'none'

/** In shares of the screen's width and height. */
interface Area {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** The board moves by so little, so that nothing burns in; a frame around a window or a scroll bar is wider. */
const DRIFT_PX = 4
/** Where the number stands, and nothing beside it. */
const NUMBER: Area = { left: 0.18, right: 0.39, top: 0.12, bottom: 0.39 }
const FIELD: Area = { left: 0.18, right: 1, top: 0, bottom: 0.47 }

/** Where nothing stands; a pointer does, before the page is there. */
export const POINTER = { x: 0.5, y: 0.25 }
const AROUND_POINTER: Area = { left: 0.47, right: 0.54, top: 0.2, bottom: 0.3 }

/** What is not as it should be on a board by day at a price of this level, in words; nothing where all is. */
export function flawsIn(picture: Picture, level: number): string[] {
  const [paper, status, fill, on] = ['paper', 'paper-2', `l${level}`, `l${level}-on`].map(token) as [
    string,
    string,
    string,
    string,
  ]
  const isAlong = (colour: string, line: Area) => shareOf(picture, colour, line) === 1
  const [nearLeft, nearTop] = [DRIFT_PX / picture.width, DRIFT_PX / picture.height]
  const [nearRight, nearBottom] = [1 - nearLeft, 1 - nearTop]
  const seen = {
    'the paper does not reach the upper left corner':
      isAlong(paper, { left: nearLeft, right: 0.15, top: nearTop, bottom: nearTop }) &&
      isAlong(paper, { left: nearLeft, right: nearLeft, top: nearTop, bottom: 0.45 }),
    'the field of the price does not reach the upper right corner':
      isAlong(fill, { left: 0.18, right: nearRight, top: nearTop, bottom: nearTop }) &&
      isAlong(fill, { left: nearRight, right: nearRight, top: nearTop, bottom: 0.47 }),
    'the status line does not reach both lower corners':
      isAlong(status, { left: nearLeft, right: nearRight, top: nearBottom, bottom: nearBottom }) &&
      isAlong(status, { left: nearRight, right: nearRight, top: 0.95, bottom: nearBottom }),
    'a quarter of the screen is not paper': shareOf(picture, paper, WHOLE) > 0.25,
    'the field is not in the colour of its level': shareOf(picture, fill, FIELD) > 0.7,
    'no number is there': isBetween(shareOf(picture, on, NUMBER), 0.1, 0.6),
    'the number is not large': heightOf(picture, on, NUMBER) > 0.2,
    'a pointer stands on it': isAlong(fill, AROUND_POINTER),
    'the screen is white': shareOf(picture, '#ffffff', WHOLE) < 0.15,
  }
  return Object.entries(seen).flatMap(([words, isSo]) => (isSo ? [] : [words]))
}

const WHOLE: Area = { left: 0, right: 1, top: 0, bottom: 1 }
const isBetween = (value: number, least: number, most: number): boolean => value > least && value < most

/** On a desktop on which nothing else is. */
export const isPointerIn = (picture: Picture): boolean =>
  shareOf(picture, picture.colourAt(5, 5), AROUND_POINTER) < 1

/** Of the pixels in an area, those of this very colour. */
function shareOf(picture: Picture, colour: string, area: Area): number {
  const [rows, columns] = [rowsOf(picture, area), columnsOf(picture, area)]
  const those = rows.flatMap((y) => columns.filter((x) => picture.colourAt(x, y) === colour))
  return those.length / (rows.length * columns.length)
}

/** From the first line that has this colour in it to the last, as a share of the screen. */
function heightOf(picture: Picture, colour: string, area: Area): number {
  const columns = columnsOf(picture, area)
  const rows = rowsOf(picture, area).filter((y) => columns.some((x) => picture.colourAt(x, y) === colour))
  return ((rows.at(-1) ?? 0) - (rows[0] ?? 0)) / picture.height
}

const rowsOf = ({ height }: Picture, { top, bottom }: Area): number[] => everySecond(height, top, bottom)
const columnsOf = ({ width }: Picture, { left, right }: Area): number[] => everySecond(width, left, right)

/** Enough to be told of; at least one. */
function everySecond(length: number, from: number, to: number): number[] {
  const [first, last] = [Math.round(from * length), Math.min(Math.round(to * length), length - 1)]
  return Array.from({ length: Math.floor((last - first) / 2) + 1 }, (_, at) => first + 2 * at)
}

/** Each of them a kiosk that has gone wrong, made of one that has not. */
export const SPOILT: Readonly<Record<string, (picture: Picture, level: number) => Picture>> = {
  'a title bar above it': (picture) =>
    repainted(picture, (x, y) => (y < 24 ? '#3a3a3a' : picture.colourAt(x, y - 24))),
  'a window that is not full screen': (picture) =>
    repainted(picture, (x, y) => (x < 40 || y < 40 ? '#000000' : picture.colourAt(x - 40, y - 40))),
  'a scroll bar': (picture) =>
    repainted(picture, (x, y) => (x >= picture.width - 15 ? '#fcfcfc' : picture.colourAt(x, y))),
  'a message across the foot': (picture) =>
    repainted(picture, (x, y) => (y >= picture.height - 30 ? '#202124' : picture.colourAt(x, y))),
  'a pointer': (picture) =>
    repainted(picture, (x, y) => (isAt(x, y, picture) ? '#000000' : picture.colourAt(x, y))),
  'a white page': (picture) => repainted(picture, () => '#ffffff'),
  'a price of another level': (picture, level) =>
    repainted(picture, (x, y) => instead(picture.colourAt(x, y), token(`l${level}`), token('l5'))),
  'no number': (picture, level) =>
    repainted(picture, (x, y) =>
      y < picture.height / 2
        ? instead(picture.colourAt(x, y), '#ffffff', token(`l${level}`))
        : picture.colourAt(x, y),
    ),
}

const isAt = (x: number, y: number, { width, height }: Picture): boolean =>
  Math.abs(x - POINTER.x * width) < 4 && Math.abs(y - POINTER.y * height) < 4
const repainted = (picture: Picture, colourAt: Picture['colourAt']): Picture => ({ ...picture, colourAt })
const instead = (colour: string, of: string, another: string): string => (colour === of ? another : colour)
