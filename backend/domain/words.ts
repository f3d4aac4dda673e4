// How money, energy and levels are worded, once for every screen.
import type { Figure, Level } from './view.ts'

export const MINUS = '\u2212'

export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  1: 'Super cheap',
  2: 'Very cheap',
  3: 'Cheap',
  4: 'Normal',
  5: 'Dear',
  6: 'Spike',
}

/** A level inside a sentence that says how long it holds: "very cheap until 4 pm", "about usual all morning". */
export function spokenLevel(level: Level): string {
  if (level === 4) return 'about usual'
  // Ahead, a spike is never more than likely.
  return level === 6 ? 'maybe a spike' : LEVEL_WORDS[level].toLowerCase()
}

/** Whole cents under a dollar, dollars with two decimals from there, to the nearest; a true minus below zero. */
export function figure(cents: number): Figure {
  const whole = Math.abs(nearest(cents))
  const sign = nearest(cents) < 0 ? MINUS : ''
  return whole < 100
    ? { currency: '', digits: `${sign}${whole}`, unit: 'c' }
    : { currency: '$', digits: `${sign}${(whole / 100).toFixed(2)}`, unit: '' }
}

/** "19c", "$17.02", "−3c", "−$1.10". */
export function money(cents: number): string {
  const { currency, digits, unit } = figure(cents)
  const sign = digits.startsWith(MINUS) ? MINUS : ''
  return `${sign}${currency}${digits.slice(sign.length)}${unit}`
}

/** Of two costs that stand beside it, each to its nearest cent: the difference that a reader would reckon from them. */
export const shownDifference = (cents: number, lessCents: number): number =>
  nearest(cents) - nearest(lessCents)

/** As it is shown: half a cent away from nothing, on either side of it. */
export const nearest = (cents: number): number => Math.sign(cents) * Math.round(Math.abs(cents))

/** "34 and 39c", "96c and $1.20". */
export const moneyPair = (low: number, high: number): string => joinedMoney(low, ' and ', high)

/** "34–39c", "96c–$1.20"; of two that read alike "34c". */
export const moneyRange = (low: number, high: number): string =>
  money(low) === money(high) ? money(low) : joinedMoney(low, '\u2013', high)

function joinedMoney(low: number, and: string, high: number): string {
  const [first, second] = [money(low), money(high)]
  const sameUnit = first.endsWith('c') && second.endsWith('c')
  return `${sameUnit ? first.slice(0, -1) : first}${and}${second}`
}

/** Of a sum, where cents would look like a price: "$0.74", "−$1.10", "$1,234.50", to the nearest cent. */
export function dollars(cents: number): string {
  const whole = Math.round(Math.abs(cents))
  return `${cents < 0 && whole > 0 ? MINUS : ''}$${grouped((whole / 100).toFixed(2))}`
}

/** "$212": nobody can foretell the cents. */
export const wholeDollars = (cents: number): string =>
  dollars(Math.round(cents / 100) * 100).replace('.00', '')

/** "21.4 kWh", "1,234.5 kWh" */
export const energy = (kwh: number): string => `${grouped(kwh.toFixed(1))} kWh`

/** "7%", and of a share that is not nothing "less than 1%". */
export function percent(share: number): string {
  const whole = Math.round(share * 100)
  return whole === 0 && share > 0 ? 'less than 1%' : `${whole}%`
}

/** Thousands set apart: "1,234.50". */
const grouped = (digits: string): string => digits.replaceAll(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')

/** "1 half hour", "3 half hours". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
