// Where cheap ends and dear begins, as it is typed in.
import { DEFAULT_THRESHOLDS, type Thresholds } from '../levels.ts'
import {
  type Drafted,
  entry,
  mapped,
  numberTyped,
  optionalEntry,
  typedText,
  unless,
  whole,
} from './drafted.ts'
import { thresholdCents } from './settings-fields.ts'

/** Cents per kWh, each where the level of that name begins. */
export interface LevelsDraft {
  readonly words: 'amber' | 'own'
  readonly veryCheap: string
  readonly cheap: string
  readonly normal: string
  readonly dear: string
  /** Empty: where Amber says so, and from $3. */
  readonly spike: string
}

/** `known`: where Amber’s own words change here, as far as they have been seen. */
export function levelsDraft(
  own: Thresholds | undefined,
  known: Thresholds = DEFAULT_THRESHOLDS,
): LevelsDraft {
  const [veryCheap, cheap, normal, dear, spike] = (own ?? known).map((cents) =>
    typedText(roundedIf(!own, cents)),
  )
  return {
    words: own ? 'own' : 'amber',
    veryCheap: veryCheap ?? '',
    cheap: cheap ?? '',
    normal: normal ?? '',
    dear: dear ?? '',
    spike: spike ?? '',
  }
}

const roundedIf = (isRounded: boolean, cents: number | undefined): number | undefined =>
  isRounded && cents !== undefined ? Math.round(cents) : cents

const CENTS = 'cents per kWh, such as 32'

/** Undefined inside: Amber's own words. */
export function levelsOf(draft: LevelsDraft): Drafted<{ thresholds: Thresholds | undefined }> {
  if (draft.words === 'amber') return { value: { thresholds: undefined }, problems: {} }
  const read = numberTyped(thresholdCents)
  const typed = whole({
    veryCheap: entry(read, draft.veryCheap, CENTS),
    cheap: entry(read, draft.cheap, CENTS),
    normal: entry(read, draft.normal, CENTS),
    dear: entry(read, draft.dear, CENTS),
    spike: optionalEntry(read, draft.spike, 'cents per kWh, such as 300; or nothing'),
  })
  const cents = typed.value ? Object.entries(typed.value).filter(([, each]) => each !== undefined) : []
  const lower = cents.find(([, each], index) => index > 0 && each! <= cents[index - 1]![1]!)
  return mapped(
    unless(typed, !lower, lower?.[0] ?? '', 'Needs more than the one before it.'),
    ({ veryCheap, cheap, normal, dear, spike }) => ({
      thresholds: (spike === undefined
        ? [veryCheap, cheap, normal, dear]
        : [veryCheap, cheap, normal, dear, spike]) as Thresholds,
    }),
  )
}
