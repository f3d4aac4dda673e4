// On which days a register of the meter is to tell of its energy: one rule for the screens, for health, and for what Amber
// is asked again.

export interface SpokenRegister {
  /** The site has it today; undefined: nobody has said. */
  readonly isListed?: boolean | undefined
  /** Amber's last list was without it, which alone proves nothing. */
  readonly isLeftOut?: boolean | undefined
  /** Numbers of the days on which it spoke, of any calendar that is the same for all. */
  readonly days: Iterable<number>
}

export interface RegisterSpan {
  /** The site has it today, and it speaks or may begin to. */
  readonly present: boolean
  /** Infinite where it never spoke. */
  readonly firstDay: number
  readonly lastDay: number
}

/** One that told nothing of more of the days on which others spoke is taken for replaced, whatever Amber lists. */
const SILENT_AFTER_DAYS = 14
/** Left out of the list as well, it need not be silent for as long. */
const REPLACED_AFTER_DAYS = 1

export function withSpans<Register extends SpokenRegister>(
  registers: readonly Register[],
): (Register & RegisterSpan)[] {
  const spoken = [...new Set(registers.flatMap(({ days }) => [...days]))]
  return registers.map((register) => {
    const days = [...register.days]
    const [firstDay, lastDay] = [earliest(days), latest(days)]
    const patienceDays = register.isLeftOut ? REPLACED_AFTER_DAYS : SILENT_AFTER_DAYS
    const isSilent = spoken.filter((day) => day > lastDay).length > patienceDays
    return { ...register, firstDay, lastDay, present: register.isListed !== false && !isSilent }
  })
}

/** From its first row on; one that the site no longer has, or that fell silent, until its last. */
export const isExpected = ({ present, firstDay, lastDay }: RegisterSpan, day: number): boolean =>
  firstDay === Number.POSITIVE_INFINITY ? present : day >= firstDay && (present || day <= lastDay)

const earliest = (days: readonly number[]): number =>
  days.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)

const latest = (days: readonly number[]): number =>
  days.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
