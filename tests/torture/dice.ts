// Chance that can be repeated: the same seed throws the same numbers.
import { keyOf, uniformAt } from '../../backend/simulator/hash.ts'

export interface Dice {
  /** 0 … 1, without 1. */
  next(): number
  /** A whole number, both ends included. */
  between(least: number, most: number): number
  pick<Item>(items: readonly Item[]): Item
}

export function createDice(seed: number, ...names: readonly string[]): Dice {
  const key = keyOf(seed, ...names)
  let thrown = 0
  const next = () => uniformAt(key, thrown++)
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return { next, between, pick: (items) => items[between(0, items.length - 1)] as (typeof items)[number] }
}
