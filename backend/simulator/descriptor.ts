import type { SpikeStatus } from './quotes.ts'
import type { ChannelType, Rates, Steps } from './tariff.ts'

export type Descriptor = 'extremelyLow' | 'veryLow' | 'low' | 'neutral' | 'high' | 'spike'

/** Amber's word for a price; for feed-in it rates what is earned. */
export function descriptorOf(
  channel: ChannelType,
  perKwh: number,
  spike: SpikeStatus,
  rates: Rates,
): Descriptor {
  if (spike === 'spike') return 'spike'
  if (channel === 'feedIn') return feedInDescriptor(-perKwh)
  return stepped(perKwh, channel === 'general' ? rates.generalSteps : rates.controlledLoadSteps)
}

// As recorded: paying 0.8 c to export is extremelyLow, earning 4.50 c is low and 4.67 c high.
function feedInDescriptor(earnedCents: number): Descriptor {
  if (earnedCents < -0.5) return 'extremelyLow'
  return earnedCents < 4.6 ? 'low' : 'high'
}

const WORDS = ['extremelyLow', 'veryLow', 'low', 'neutral'] as const

const stepped = (perKwh: number, steps: Steps): Descriptor =>
  WORDS[steps.findIndex((below) => perKwh < below)] ?? 'high'

// Only "best" has been recorded (53 % and more); the steps below it are ours.
export function renewableDescriptorOf(percent: number): string {
  if (percent >= 50) return 'best'
  if (percent >= 40) return 'great'
  if (percent >= 30) return 'ok'
  return percent >= 20 ? 'notGreat' : 'worst'
}
