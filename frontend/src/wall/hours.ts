// Hours of the day as an address writes them: "22-6", "21:30-6:15".
import type { TimeRule } from '#domain/money/time-rule.ts'

/** "off" is no hours at all; what is not understood, or absent, is as `otherwise` has it. */
export function hoursOf(text: string | undefined, otherwise: string): TimeRule | undefined {
  if (text === 'off') return undefined
  return understood(text ?? '') ?? understood(otherwise)
}

function understood(text: string): TimeRule | undefined {
  const [, fromHour, fromMinutes, toHour, toMinutes] =
    /^(\d\d?)(?::(\d\d))?-(\d\d?)(?::(\d\d))?$/.exec(text) ?? []
  const [fromMinute, toMinute] = [minute(fromHour, fromMinutes), minute(toHour, toMinutes)]
  return fromMinute < 1440 && toMinute <= 1440 ? { fromMinute, toMinute } : undefined
}

const minute = (hour: string | undefined, minutes = '0'): number => Number(hour) * 60 + Number(minutes)
