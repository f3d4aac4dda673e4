// Reading what somebody typed, on another device or in another year: a value is understood whole or not at all.

/** Undefined: not understood. */
export type Reader<T> = (value: unknown) => T | undefined

export type Understood<R> = R extends Reader<infer T> ? T : never

export const number =
  (min: number, max: number): Reader<number> =>
  (value) =>
    typeof value === 'number' && min <= value && value <= max ? value : undefined

export const wholeNumber =
  (min: number, max: number): Reader<number> =>
  (value) =>
    Number.isInteger(value) ? number(min, max)(value) : undefined

export const flag: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : undefined)

/** Without blanks around it, and never empty. */
export const text =
  (longest: number): Reader<string> =>
  (value) => {
    const trimmed = typeof value === 'string' ? value.trim() : ''
    return trimmed.length > 0 && trimmed.length <= longest ? trimmed : undefined
  }

export const oneOf =
  <const T extends string>(...values: readonly T[]): Reader<T> =>
  (value) =>
    values.find((known) => known === value)

/** All of them, or none is understood. */
export const listOf =
  <T>(read: Reader<T>, most: number, fewest = 0): Reader<readonly T[]> =>
  (value) => {
    if (!Array.isArray(value) || value.length > most || value.length < fewest) return undefined
    const items = value.map(read)
    return items.includes(undefined) ? undefined : (items as T[])
  }

type Shape = Readonly<Record<string, Reader<unknown>>>
type Fields<R extends Shape, O extends Shape> = { readonly [K in keyof R]: Understood<R[K]> } & {
  readonly [K in keyof O]?: Understood<O[K]>
}

/** Of the optional fields null is as good as absent. What else is there is left out. */
export const object =
  <R extends Shape, O extends Shape = Record<never, never>>(
    required: R,
    optional?: O,
  ): Reader<Fields<R, O>> =>
  (value) => {
    if (typeof value !== 'object' || value === null) return undefined
    const given = new Map(Object.entries(value))
    const entries = [
      ...Object.entries(required),
      ...Object.entries(optional ?? {}).filter(([name]) => (given.get(name) ?? null) !== null),
    ].map(([name, read]) => [name, read(given.get(name))] as const)
    return entries.some(([, read]) => read === undefined)
      ? undefined
      : (Object.fromEntries(entries) as Fields<R, O>)
  }

/** The first that understands it. */
export const either =
  <T>(...readers: readonly Reader<T>[]): Reader<T> =>
  (value) => {
    for (const read of readers) {
      const understood = read(value)
      if (understood !== undefined) return understood
    }
    return undefined
  }

/** Understood only where it also holds together. */
export const such =
  <T>(read: Reader<T>, holds: (value: T) => boolean): Reader<T> =>
  (value) => {
    const understood = read(value)
    return understood !== undefined && holds(understood) ? understood : undefined
  }
