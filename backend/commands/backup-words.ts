// What is said of a backup: which file, and what is in it.
import { resolve } from 'node:path'
import type { Outside } from '../main.ts'
import type { Seal } from '../store/backup-file.ts'

/** sysexits.h: the command was given wrongly. */
export const EXIT_USAGE = 64

/** The file that was named, as seen from where the person stands; undefined: it was not named, and that was said. */
export function namedFile(
  { args, folder, print }: Outside,
  command: 'backup' | 'restore',
): string | undefined {
  const [file] = args
  if (file !== undefined && args.length === 1 && !file.startsWith('-')) return resolve(folder, file)
  print(`usage: npm run ${command} -- FILE, as in: npm run ${command} -- /media/usb/home-energy.backup`)
  return undefined
}

/** "8640 rows of usage, 12 corrections, 2880 sets of forecasts, 5 settings" */
export const contentsText = ({ usage, revisions, vintages, settings }: Omit<Seal, 'fingerprint'>): string =>
  [
    `${usage} rows of usage`,
    `${revisions} corrections`,
    `${vintages} sets of forecasts`,
    `${settings} settings`,
  ].join(', ')

export const dateText = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
