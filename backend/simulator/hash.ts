// Noise that is a function of its place and not of what was drawn before: any instant can be asked for alone, in any
// order, and answers the same.

/** A stream of noise, told apart from others by its names. */
export function keyOf(seed: number, ...names: readonly string[]): number {
  let key = scramble(seed)
  for (const character of names.join('\u0000')) key = scramble(key ^ (character.codePointAt(0) ?? 0))
  return key
}

/** A stream of its own for each whole index. */
export const keyAt = (key: number, index: number): number => scramble(scramble(index + 0x9e3779b9) ^ key)

/** 0 … 1, without 1. */
export const uniformAt = (key: number, index: number): number => (keyAt(key, index) >>> 0) / 2 ** 32

/** Mean 0, deviation 1. */
export function normalAt(key: number, index: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniformAt(key, index)))
  return radius * Math.cos(2 * Math.PI * uniformAt(~key, index))
}

/** −1 … 1, without steps: a fresh value at each whole `x`, eased in between. */
export function smoothAt(key: number, x: number): number {
  const knot = Math.floor(x)
  const part = x - knot
  const eased = part * part * (3 - 2 * part)
  const from = uniformAt(key, knot)
  return 2 * (from + (uniformAt(key, knot + 1) - from) * eased) - 1
}

// The finaliser of MurmurHash3: each bit in changes half the bits out.
function scramble(bits: number): number {
  let mixed = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
