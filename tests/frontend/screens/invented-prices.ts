// Invented days, 48 half hours each, in cents per kWh; none is anybody's household.
export const WEEKDAY = [
  27, 26.5, 26, 25.8, 25.6, 25.4, 25.4, 25.6, 26, 26.8, 28, 31, 35, 39, 41, 37, 31, 27, 23, 20.5, 18.6, 17.4,
  16.3, 15.8, 15.2, 15, 15.4, 16.8, 18.5, 21, 26, 29, 33, 37, 42, 49, 55, 58, 54, 47, 42, 38, 33, 31, 30, 29,
  28, 27.4,
]
export const SUNDAY = [
  26, 25.5, 25, 24.8, 24.6, 24.5, 24.5, 24.6, 25, 25.4, 26, 26.4, 25.8, 24.6, 22.4, 20.4, 18.6, 17.2, 16.4,
  15.8, 15.4, 15, 14.8, 14.6, 14.5, 14.2, 14, 14.1, 14.4, 15.2, 17.2, 20.8, 26.2, 33.4, 40.8, 47.6, 52.4,
  54.8, 50.2, 44.6, 39.4, 35.8, 32.4, 30.2, 29, 28.2, 27.4, 26.8,
]
export const NEGATIVE_NOON = [
  26, 25.5, 25, 24.6, 24.5, 24.4, 24.4, 24.6, 25, 25.6, 26, 25, 23, 20, 16, 12, 8, 4, 1, -1, -3, -6, -8, -9,
  -8, -6, -3, 2, 6, 12, 18, 24, 30, 36, 42, 48, 53, 55, 50, 44, 40, 36, 33, 31, 30, 29, 28, 27,
]
const SPIKE_HOURS: Readonly<Record<number, number>> = {
  31: 49,
  32: 58,
  33: 71,
  34: 96,
  35: 168,
  36: 640,
  37: 1702,
  38: 980,
  39: 92,
  40: 66,
  41: 54,
  42: 43,
}
export const SPIKE_EVENING = WEEKDAY.map((cents, i) => SPIKE_HOURS[i] ?? cents + 2)
export const FLAT = WEEKDAY.map((_, i) => 44 + (i % 3))

/** A wobble that is the same on every run. */
export function wobble(seed: number): number {
  const x = Math.sin(seed * 12.9898 + 4.1) * 43758.5453
  return x - Math.floor(x) - 0.5
}

export const halfHour = (profile: readonly number[], hour: number): number =>
  profile[Math.floor((((hour % 24) + 24) % 24) * 2)]!

/** Five-minute prices run from half hour to half hour, with a wobble. */
export function fiveMinutes(profile: readonly number[], hour: number): number {
  const start = Math.floor(hour * 2) / 2
  const share = (hour - start) * 2
  const [before, here, after] = [-0.5, 0, 0.5].map((by) => halfHour(profile, start + by)) as [
    number,
    number,
    number,
  ]
  const [from, to] = share < 0.5 ? [(before + here) / 2, here] : [here, (here + after) / 2]
  const middle = from + (to - from) * ((share * 2) % 1)
  return middle * (1 + wobble(Math.round(hour * 12)) * 0.05)
}
