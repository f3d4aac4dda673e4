import { DAY_MS, HOUR_MS } from '#domain/interval.ts'
import { clamp } from './curve.ts'
import { keyOf, smoothAt } from './hash.ts'
import type { State } from './states.ts'
import { solarHour, summerness } from './sun.ts'

export interface Weather {
  /** 0 clear … 1 overcast */
  readonly cloud: number
  /** 0 calm … 1 every turbine at full power */
  readonly wind: number
  readonly temperatureC: number
}

export function createWeather(seed: number, state: State): (ms: number) => Weather {
  const [front, cover, gale, gust, spell] = ['front', 'cover', 'gale', 'gust', 'spell'].map((name) =>
    keyOf(seed, state.name, name),
  ) as [number, number, number, number, number]
  return (ms) => {
    const cloud = clamp(
      0.36 + 0.5 * smoothAt(front, ms / (26 * HOUR_MS)) + 0.22 * smoothAt(cover, ms / (3 * HOUR_MS)),
      0,
      1,
    )
    const wind = clamp(
      0.4 + 0.42 * smoothAt(gale, ms / (19 * HOUR_MS)) + 0.14 * smoothAt(gust, ms / (2 * HOUR_MS)),
      0,
      1,
    )
    const warmth = smoothAt(spell, ms / (2.5 * DAY_MS))
    const dayAndNight = (5.5 - 3 * cloud) * Math.cos(((solarHour(ms, state.longitude) - 15) / 12) * Math.PI)
    // Hot spells go further than cold ones.
    const unusual = warmth * (warmth > 0 ? 8.5 : 4)
    return { cloud, wind, temperatureC: state.meanC + state.seasonC * summerness(ms) + dayAndNight + unusual }
  }
}
