// Where the database differs from the truth: what is missing, what is wrong, what is there and should not be.
import type { Fact, Facts } from './facts.ts'

export interface Expectation {
  /** Must be there, as it is here. */
  readonly required: Facts
  /** May be there, but only as it is here. */
  readonly allowed?: Facts
}

/** A sentence each; none where the two are equal. */
export function differences(stored: Facts, { required, allowed = new Map() }: Expectation): string[] {
  const missing = [...required.keys()].filter((key) => !stored.has(key)).map((key) => `${key} is missing`)
  const odd = [...stored].flatMap(([key, fact]) => {
    const truth = required.get(key) ?? allowed.get(key)
    return truth ? wrongFields(fact, truth).map((wrong) => `${key}: ${wrong}`) : [`${key} is too much`]
  })
  return [...missing, ...odd]
}

/** All the ways in which it was told. */
export type Told = (key: string) => readonly Fact[]

export const toldIn =
  (...facts: readonly Facts[]): Told =>
  (key) =>
    facts.map((each) => each.get(key)).filter((fact) => fact !== undefined)

/** Nothing that is there may be wrong, but anything may still be missing: a row, or what a row does not tell. */
export function untruths(stored: Facts, told: Told): string[] {
  return [...stored].flatMap(([key, fact]) => {
    const known = Object.fromEntries(Object.entries(inParts(fact)).filter(([, value]) => value !== null))
    const wrongs = told(key).map((truth) => wrongFields(known, inParts(truth)))
    if (wrongs.some((wrong) => wrong.length === 0)) return []
    return (wrongs[0] ?? ['was never told']).map((wrong) => `${key}: ${wrong}`)
  })
}

/** What was there and is there no more. */
export const vanished = (before: Facts, after: Facts): string[] =>
  [...before.keys()].filter((key) => !after.has(key)).map((key) => `${key} was there and is gone`)

/** A tariff is told in parts, of which one may be unreadable and the others true. */
function inParts({ tariff, ...fact }: Fact): Fact {
  const parts = typeof tariff === 'string' ? (JSON.parse(tariff) as Record<string, string | number>) : {}
  return {
    ...fact,
    ...Object.fromEntries(Object.entries(parts).map(([name, part]) => [`tariff ${name}`, String(part)])),
  }
}

function wrongFields(stored: Fact, truth: Fact): string[] {
  return Object.entries(stored)
    .filter(([field, value]) => value !== truth[field])
    .map(([field, value]) => `${field} is ${value}, and should be ${truth[field]}`)
}
