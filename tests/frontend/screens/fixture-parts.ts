// The words the fixtures share.
import type { StatusView, WindowChoice } from '#domain/view.ts'

export const NB = '\u00a0'
export const WORKING = 'Pi, internet and Amber all working'
export const windows = (heading: string, note: string): WindowChoice[] => [
  { label: '1 h', heading: `Best hour: ${heading}`, note },
  { label: '2 h', heading: `Best 2 hours: ${heading}`, note },
  { label: '3 h', heading: `Best 3 hours: ${heading}`, note },
  { label: 'EV', heading: `Best for EV: ${heading}`, note },
]
export const sentences = (short: string, long = short, full = long) => ({ short, long, full })
export const cents = (digits: string) => ({ currency: '', digits, unit: 'c' }) as const
export const dollars = (digits: string) => ({ currency: '$', digits, unit: '' }) as const
export const live = (at: string, age: string): StatusView => ({
  mark: 'live',
  strong: 'Live.',
  text: `Confirmed at ${at}`,
  aged: `Confirmed at ${at}, ${age}`,
  links: WORKING,
})
