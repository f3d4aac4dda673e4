// Where the settings are kept, when they were last changed and from where, and what another device has made of them.
import { whenAndAge } from '../time-words.ts'
import type { SettingsRecord, WrittenSetting } from './settings-record.ts'

export interface SettingsContact {
  readonly record: SettingsRecord
  /** By which this device knows its own writes; undefined: it has written none. */
  readonly writer: string | undefined
  /** unsent: the Pi does not have them yet. refused: it would not take them. */
  readonly state: 'sent' | 'unsent' | 'refused'
  /** Names of settings that were made here and that another device has made otherwise since. */
  readonly overruled: readonly string[]
  readonly isPiReached: boolean
}

export interface SettingsNews {
  readonly sentence: string
  /** "Last changed on this device at 10:02 am, 4 minutes ago." */
  readonly detail: string
  /** What its reader should know and may then put away. */
  readonly notice: string
}

const SAYING: Readonly<Record<string, string>> = {
  siteId: 'which home this is',
  timeZone: 'the time zone',
  billingDay: 'the billing day',
  charges: 'what Amber charges',
  plans: 'the plans to compare with',
  bills: 'the bills',
  appliances: 'the appliances',
  readyByMinute: 'when appliances are ready',
  thresholds: 'where dear begins',
  colours: 'the colours',
  forecast: 'which forecast is used',
  calibratedBand: 'how sure the forecast is',
  ovenKw: 'the oven',
}

export function settingsNews(contact: SettingsContact, nowMs: number, timeZone: string): SettingsNews {
  return {
    sentence: sentence(contact),
    detail: detail(contact, nowMs, timeZone),
    notice: notice(contact),
  }
}

function sentence({ state, record, isPiReached }: SettingsContact): string {
  if (state === 'refused') return 'Your Pi refused the last change.'
  if (state === 'unsent' && !isPiReached) return 'Your changes are kept on this device until your Pi answers.'
  if (Object.keys(record).length === 0) return 'Nothing is set yet: the app goes by usual values.'
  if (!isPiReached) return 'Your settings, as your Pi last told them.'
  return 'Your settings are on your Pi, the same on every device.'
}

function detail(
  { state, record, writer, isPiReached }: SettingsContact,
  nowMs: number,
  timeZone: string,
): string {
  if (state === 'refused') return 'This is what your Pi has. Try again, or update the app.'
  const last = Object.values(record).reduce<WrittenSetting | undefined>(newer, undefined)
  if (!last) return ''
  const where = last.writer === writer ? 'on this device' : 'on another device'
  const when = last.atMs === undefined ? '' : ` at ${whenAndAge(last.atMs, nowMs, timeZone)}`
  const way = state === 'unsent' && isPiReached ? ' It is on its way to your Pi.' : ''
  return `Last changed ${where}${when}.${way}`
}

const newer = (a: WrittenSetting | undefined, b: WrittenSetting): WrittenSetting =>
  a && (a.revision > b.revision || (a.revision === b.revision && (a.atMs ?? 0) >= (b.atMs ?? 0))) ? a : b

function notice({ overruled }: SettingsContact): string {
  const names = overruled.flatMap((name) => SAYING[name] ?? [])
  if (names.length === 0) return ''
  return `Another device has changed ${listed(names)} since. Its values hold here too.`
}

const listed = (names: readonly string[]): string =>
  names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
