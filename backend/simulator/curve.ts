export type Points = readonly (readonly [x: number, y: number])[]

/** The straight line through the points, which ascend by x; level before the first and after the last. */
export function along(points: Points, x: number): number {
  const after = points.findIndex((point) => point[0] > x)
  const to = points[after] ?? points.at(-1)
  const from = points[after - 1] ?? to
  if (!from || !to || from === to) return to?.[1] ?? 0
  return from[1] + ((to[1] - from[1]) * (x - from[0])) / (to[0] - from[0])
}

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value))

/** Never a negative zero. */
export const rounded = (value: number, decimals: number): number =>
  Math.round(value * 10 ** decimals) / 10 ** decimals + 0
