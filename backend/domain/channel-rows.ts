// The table under a day and a month: each channel, then what is paid whatever is used.
import type { FixedCost } from './money/day-cost.ts'
import type { ChannelCosts } from './money/energy-cost.ts'
import { CHANNELS, type Channel } from './price.ts'
import { dollars, energy } from './words.ts'

export interface ChannelRow {
  readonly key: Channel | 'fixed'
  /** "General", "Controlled load", "Solar sold", "Supply and fee" */
  readonly name: string
  /** "23.7 kWh"; absent for charges. */
  readonly kwh?: string
  /** "$9.22", "earned $0.74"; "not known" of charges that are not entered. */
  readonly cost: string
}

export const CHANNEL_NAMES: Readonly<Record<Channel, string>> = {
  general: 'General',
  controlledLoad: 'Controlled load',
  feedIn: 'Solar sold',
}

export const channelRows = (channels: ChannelCosts, fixed: FixedCost | undefined): ChannelRow[] => [
  ...CHANNELS.flatMap((channel) => {
    const cost = channels[channel]
    return cost
      ? [
          {
            key: channel,
            name: CHANNEL_NAMES[channel],
            kwh: energy(cost.kwh),
            cost: (channel === 'feedIn' ? soldText : costText)(cost.cents),
          },
        ]
      : []
  }),
  { key: 'fixed' as const, name: fixedName(fixed), cost: fixed ? costText(fixed.cents) : 'not known' },
]

/** For the key of a pile chart: what was sold hangs below its line, but where that cost money. */
export const exportNote = (columns: readonly PileOfChannels[]): string =>
  columns.some(({ channels }) => (channels.feedIn?.cents ?? 0) > 0)
    ? 'Solar above the line: exporting cost you.'
    : ''

interface PileOfChannels {
  readonly channels: Partial<Record<Channel, { readonly cents: number }>>
}

/** "$9.22", "earned $0.74" */
export const costText = (cents: number): string =>
  Math.round(cents) < 0 ? `earned ${dollars(-cents)}` : dollars(cents)

/** A bare sum beside what was sold would be read as earned: "cost $0.12". */
const soldText = (cents: number): string =>
  Math.round(cents) > 0 ? `cost ${dollars(cents)}` : costText(cents)

/** "Supply", "Supply and fee", "Supply, fee and demand". */
export function fixedName(fixed: FixedCost | undefined): string {
  const names = [
    'Supply',
    ...(fixed && fixed.feeCents > 0 ? ['fee'] : []),
    ...(fixed && fixed.demandCents > 0 ? ['demand'] : []),
  ]
  const last = names.at(-1)!
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}
