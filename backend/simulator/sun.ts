import { DAY_MS, HOUR_MS } from '#domain/interval.ts'

const YEAR_DAYS = 365.2425
const DEGREE = Math.PI / 180

/** Sine of the sun's height over the horizon; below zero at night. Good to a degree. */
export function sunHeight(
  ms: number,
  { latitude, longitude }: { latitude: number; longitude: number },
): number {
  const declination = -23.44 * DEGREE * Math.cos(((dayOfYear(ms) + 10) / YEAR_DAYS) * 2 * Math.PI)
  const hourAngle = (solarHour(ms, longitude) - 12) * 15 * DEGREE
  const height = Math.sin(latitude * DEGREE) * Math.sin(declination)
  return height + Math.cos(latitude * DEGREE) * Math.cos(declination) * Math.cos(hourAngle)
}

/** Days since a new year, 0 … 365 and fractions. */
export const dayOfYear = (ms: number): number => ((ms - Date.UTC(2000, 0, 1)) / DAY_MS) % YEAR_DAYS

/** 1 in mid January, −1 in mid July: the southern year of warmth, which lags behind the sun. */
export const summerness = (ms: number): number => Math.cos(((dayOfYear(ms) - 20) / YEAR_DAYS) * 2 * Math.PI)

/** Hours of the sundial, 0 … 24: the sun is highest at 12. */
export function solarHour(ms: number, longitude: number): number {
  const season = ((dayOfYear(ms) - 81) / YEAR_DAYS) * 2 * Math.PI
  const earlyMinutes = 9.87 * Math.sin(2 * season) - 7.53 * Math.cos(season) - 1.5 * Math.sin(season)
  return ((ms % DAY_MS) / HOUR_MS + longitude / 15 + earlyMinutes / 60 + 24) % 24
}
