// What somebody has typed into a form, as the settings' own reading understands it: a value, or what each field needs.
import type { Reader } from './reading.ts'

/** By the path of the field: "kwh", "2.kwh". */
export type Problems = Readonly<Record<string, string>>

export interface Drafted<T> {
  /** Undefined: there are problems. */
  readonly value: T | undefined
  readonly problems: Problems
}

export interface Entry<T> {
  readonly value: T | undefined
  readonly problem?: string
}

/** `accepts`: "kWh above 0, at most 500". */
export function entry<T>(read: Reader<T>, given: unknown, accepts: string): Entry<T> {
  const value = read(given)
  return value === undefined ? { value, problem: `Needs ${accepts}.` } : { value }
}

/** Left empty, it is not set. */
export const optionalEntry = <T>(read: Reader<T>, typed: string, accepts: string): Entry<T | undefined> =>
  typed.trim() === '' ? { value: undefined } : entry(read, typed, accepts)

/** "105.6", "1,234.5", "−3". What is no number is understood by no reader. */
export function typedNumber(typed: string): number | undefined {
  const plain = typed.trim().replace('\u2212', '-').replaceAll(/[,\s]/g, '')
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined
}

/** Of what is typed in one unit and kept in another: dollars, and cents. Twelve places are what a sum may lose. */
export const numberTyped =
  (read: Reader<number>, factor = 1): Reader<number> =>
  (typed) => {
    const number = typeof typed === 'string' ? typedNumber(typed) : undefined
    return number === undefined ? undefined : read(Number((number * factor).toFixed(9)))
  }

/** As it is typed: without noughts at its end. */
export const typedText = (value: number | undefined): string =>
  value === undefined ? '' : String(Number(value.toFixed(5)))

/** "2", "1.5" and "1:30" are hours; read in minutes. */
export const hoursTyped =
  (read: Reader<number>): Reader<number> =>
  (typed) => {
    if (typeof typed !== 'string') return undefined
    const [, hours, minutes] = /^(\d{1,2}):([0-5]\d)$/.exec(typed.trim()) ?? []
    if (hours !== undefined) return read(Number(hours) * 60 + Number(minutes))
    const number = typedNumber(typed)
    return number === undefined ? undefined : read(Math.round(number * 60))
  }

/** "1:30" */
export const typedHours = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

/** A time of day as a field for one gives it: "07:00"; at the end of a day "24:00" is midnight. */
export const timeTyped =
  (read: Reader<number>): Reader<number> =>
  (typed) => {
    const [, hour, minute] = (typeof typed === 'string' && /^(\d{2}):([0-5]\d)$/.exec(typed)) || []
    return hour === undefined ? undefined : read(Number(hour) * 60 + Number(minute))
  }

export const typedTime = (minuteOfDay: number | undefined): string =>
  minuteOfDay === undefined
    ? ''
    : [Math.floor(minuteOfDay / 60) % 24, minuteOfDay % 60]
        .map((part) => String(part).padStart(2, '0'))
        .join(':')

type Entries = Readonly<Record<string, Entry<unknown>>>
type Values<E extends Entries> = { readonly [K in keyof E]: Exclude<E[K]['value'], undefined> }

/** All of them, or what is wrong with some; an optional one may be undefined in it. */
export function whole<E extends Entries>(entries: E): Drafted<Values<E>> {
  const all = Object.entries(entries)
  const problems = Object.fromEntries(
    all.flatMap(([name, { problem }]) => (problem === undefined ? [] : [[name, problem]])),
  )
  const isFine = Object.keys(problems).length === 0
  const value = Object.fromEntries(all.map(([name, { value }]) => [name, value])) as Values<E>
  return { value: isFine ? value : undefined, problems }
}

/** Of a list; each problem with the place of its item before it. */
export function wholeList<T>(items: readonly Drafted<T>[]): Drafted<readonly T[]> {
  const problems = under(items.map(({ problems }) => problems))
  const values = items.flatMap(({ value }) => (value === undefined ? [] : [value]))
  return { value: values.length === items.length ? values : undefined, problems }
}

export const under = (parts: readonly Problems[] | Readonly<Record<string, Problems>>): Problems =>
  Object.fromEntries(
    Object.entries(parts).flatMap(([at, problems]) =>
      Object.entries(problems).map(([name, problem]) => [`${at}.${name}`, problem]),
    ),
  )

/** What a value becomes once it is whole. */
export const mapped = <A, B>({ value, problems }: Drafted<A>, to: (value: A) => B): Drafted<B> => ({
  value: value === undefined ? undefined : to(value),
  problems,
})

/** With a problem that only shows when all is looked at together. */
export const unless = <T>(drafted: Drafted<T>, isFine: boolean, at: string, problem: string): Drafted<T> =>
  isFine || drafted.value === undefined
    ? drafted
    : { value: undefined, problems: { ...drafted.problems, [at]: problem } }
