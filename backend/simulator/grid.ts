// A state's grid, in shares of its mean demand: what is drawn, and what sun and wind leave for others to make.
import { wallClock } from '#domain/calendar.ts'
import { along, type Points } from './curve.ts'
import type { State } from './states.ts'
import { sunHeight } from './sun.ts'
import { createWeather, type Weather } from './weather.ts'

export interface GridState {
  /** Demand that coal, gas and storage have to meet; what the price follows. */
  readonly residual: number
  /** Share of demand, 0 … 1 and more where it is exported. */
  readonly renewables: number
}

/** Demand over the clock on the wall, roofs included. */
const DEMAND: Points = [
  [0, 0.86],
  [3, 0.76],
  [5, 0.82],
  [7, 1.07],
  [8.5, 1.1],
  [11, 1.01],
  [14, 1],
  [16, 1.08],
  [18, 1.26],
  [19, 1.29],
  [20.5, 1.2],
  [22, 1.04],
  [24, 0.86],
]

export function createGrid(seed: number, state: State): (ms: number) => GridState {
  const weatherAt = createWeather(seed, state)
  return (ms) => {
    const weather = weatherAt(ms)
    const demand = demandOf(ms, state, weather)
    const sun = Math.max(0, sunHeight(ms, state)) ** 0.9 * (1 - 0.6 * weather.cloud) * state.solar
    const wind = weather.wind * state.wind
    return { residual: demand - sun - wind, renewables: (sun + wind + state.hydro) / demand }
  }
}

function demandOf(ms: number, { timeZone }: State, { temperatureC }: Weather): number {
  const clock = wallClock(ms, timeZone)
  const hour = clock.hour + clock.minute / 60
  const weekend = clock.weekday === 0 || clock.weekday === 6
  const rested = weekend ? (hour < 10 ? 0.1 : 0.06) : 0
  const cooling = 0.02 * Math.max(0, temperatureC - 25)
  const heating = 0.02 * Math.max(0, 15 - temperatureC)
  return along(DEMAND, hour) - rested + cooling + heating
}
