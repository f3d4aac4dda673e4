// Sums that neither the order of their parts nor a split can change: binary fractions added one by one would.

const MILLIONTH = 1e6

/**
 * Cents or kWh, each taken to its nearest millionth: Amber gives four decimals of a cent and three of a kWh, so nothing
 * of what it says is lost. A sum of sums is the sum of all.
 */
export const total = (amounts: readonly number[]): number =>
  amounts.reduce((sum, amount) => sum + Math.round(amount * MILLIONTH), 0) / MILLIONTH

/** Of whole numbers, such as milliseconds and counts: exact by themselves. */
export const wholeSum = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0)
