// The registers of a site by the NEM days that Amber delivers, as the database counts them.
import { isExpected, type RegisterSpan, withSpans } from './register-spans.ts'

export interface ToldDay {
  readonly identifier: string
  /** Days since 1970 by NEM time. */
  readonly nemDay: number
}

export interface ListedRegister {
  readonly identifier: string
  /** Of the last answers on the site, but not of so many that it is gone. */
  readonly isLeftOut?: boolean
}

export interface ToldRegister extends ListedRegister, RegisterSpan {
  readonly isListed: boolean
}

/** Of so many days it is asked who spoke: enough to tell a register that is silent from one that is late. */
export const SPOKEN_LOOK_BACK_DAYS = 60

/** Those that spoke and those that the site has, `listed`. */
export function toldRegisters(told: readonly ToldDay[], listed: readonly ListedRegister[]): ToldRegister[] {
  const days = Map.groupBy(told, ({ identifier }) => identifier)
  const unlisted = [...days.keys()]
    .filter((identifier) => listed.every((register) => register.identifier !== identifier))
    .map((identifier) => ({ identifier, isListed: false }))
  const registers = [...listed.map((register) => ({ ...register, isListed: true })), ...unlisted]
  return withSpans(
    registers.map((register) => ({
      ...register,
      days: days.get(register.identifier)?.map(({ nemDay }) => nemDay) ?? [],
    })),
  )
}

const DAY_MINUTES = 1440

/** Every register that is to speak on the day has told all of its minutes. */
export const isToldWhole = (
  registers: readonly ToldRegister[],
  nemDay: number,
  ofDay: readonly (ToldDay & { readonly minutes: number })[],
): boolean =>
  registers
    .filter((register) => isExpected(register, nemDay))
    .every(({ identifier }) =>
      ofDay.some((told) => told.identifier === identifier && told.minutes === DAY_MINUTES),
    )

/** Amber lists it, and it is waited for no longer. */
export const isSilent = ({ isListed, isLeftOut = false, present }: ToldRegister): boolean =>
  isListed && !isLeftOut && !present
