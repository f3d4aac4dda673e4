// What the people of a site use and their panels make, 5 minutes at a time: seasons, weekdays, cooking, a hot water tank
// in the night, some days away.
import { type WallClock, wallClock } from '#domain/calendar.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import { along, type Points } from './curve.ts'
import { keyAt, keyOf, normalAt, smoothAt, uniformAt } from './hash.ts'
import { STEP_MS } from './market.ts'
import type { SimulatedSite } from './sites.ts'
import { STATES, type State } from './states.ts'
import { sunHeight } from './sun.ts'
import { createWeather } from './weather.ts'

export interface StepEnergy {
  readonly generalKwh: number
  readonly controlledLoadKwh: number
  readonly feedInKwh: number
}

export type Household = (stepStartMs: number) => StepEnergy

const STEPS_PER_HOUR = HOUR_MS / STEP_MS

/** kW of a household that is in, over the clock on the wall: lights, cooking, screens. */
const WEEKDAY: Points = [
  [0, 0.12],
  [5.5, 0.1],
  [7, 0.75],
  [8.5, 0.6],
  [9.5, 0.3],
  [15, 0.3],
  [17, 0.8],
  [18.5, 1.5],
  [20, 1.1],
  [22, 0.6],
  [24, 0.12],
]
const WEEKEND: Points = [
  [0, 0.15],
  [6.5, 0.12],
  [8.5, 0.8],
  [11, 0.65],
  [13, 0.75],
  [16, 0.6],
  [18.5, 1.4],
  [20.5, 1],
  [22.5, 0.6],
  [24, 0.15],
]

export function createHousehold(seed: number, site: SimulatedSite): Household {
  const state = STATES[site.state]
  const weatherAt = createWeather(seed, state)
  const key = keyOf(seed, site.nmi, 'household')
  return (stepStartMs) => {
    const weather = weatherAt(stepStartMs)
    const clock = wallClock(stepStartMs, state.timeZone)
    const day = dayOf(key, clock)
    // A tank that is heated past midnight still belongs to the evening.
    const evening = dayOf(key, wallClock(stepStartMs - 12 * HOUR_MS, state.timeZone))
    const load = site.appetite * loadKw(day, clock, stepStartMs, weather.temperatureC)
    const solar = site.solarKw * solarShare(key, state, stepStartMs, weather.cloud)
    // A three-phase meter counts each phase for itself: a little goes out and in again in the same minutes.
    const across = 0.06 * Math.min(load, solar) * uniformAt(day.key, 90)
    return {
      generalKwh: (Math.max(0, load - solar) + across) / STEPS_PER_HOUR,
      controlledLoadKwh: (site.appetite * tankKw(evening, clock)) / STEPS_PER_HOUR,
      feedInKwh: (Math.max(0, solar - load) + across) / STEPS_PER_HOUR,
    }
  }
}

interface HouseholdDay {
  readonly key: number
  readonly away: boolean
  readonly weekend: boolean
}

function dayOf(key: number, { year, month, day, weekday }: WallClock): HouseholdDay {
  const number = Date.UTC(year, month - 1, day) / DAY_MS
  // Away for a run of days now and then: a holiday is not spread over single days.
  const away = smoothAt(keyAt(key, 1), number / 5) > 0.82
  return { key: keyAt(keyAt(key, 2), number), away, weekend: weekday === 0 || weekday === 6 }
}

function loadKw(day: HouseholdDay, clock: WallClock, ms: number, temperatureC: number): number {
  const fridge = uniformAt(day.key, 1000 + Math.floor(ms / (20 * MINUTE_MS))) < 0.45 ? 0.13 : 0.03
  const always = 0.18 + fridge
  if (day.away) return always
  const hour = clock.hour + clock.minute / 60
  const lived = along(day.weekend ? WEEKEND : WEEKDAY, hour) * (0.75 + 0.5 * uniformAt(day.key, 1))
  const restless = Math.max(0.4, 1 + 0.22 * normalAt(day.key, 2000 + Math.floor(hour * 12)))
  return (
    always + lived * restless + kettleKw(day, hour) + machinesKw(day, hour) + climateKw(hour, temperatureC)
  )
}

function kettleKw(day: HouseholdDay, hour: number): number {
  const likely = (hour > 6.5 && hour < 9) || (hour > 17 && hour < 21)
  return uniformAt(day.key, 3000 + Math.floor(hour * 12)) < (likely ? 0.14 : 0.012) ? 1.6 : 0
}

function machinesKw(day: HouseholdDay, hour: number): number {
  const runs = (index: number, odds: number, fromHour: number, spread: number, hours: number) => {
    const start = fromHour + spread * uniformAt(day.key, index + 1)
    return uniformAt(day.key, index) < odds && hour >= start && hour < start + hours
  }
  const dishes = runs(10, 0.6, 19.8, 1.5, 0.9) ? 1.1 : 0
  const laundry = runs(20, day.weekend ? 0.7 : 0.25, 8.5, 3, 1.1) ? 0.8 : 0
  const oven = runs(30, 0.45, 17.4, 1, 0.8) ? 1.9 : 0
  return dishes + laundry + oven
}

/** Air conditioning from 25 °C, heating from 16 °C, hardly any of it while the house sleeps. */
function climateKw(hour: number, temperatureC: number): number {
  const awake = hour >= 6 && hour < 22.5 ? 1 : 0.25
  return awake * Math.min(3.2, 0.24 * Math.max(0, temperatureC - 25) + 0.13 * Math.max(0, 16 - temperatureC))
}

/** Heats through the tail of the evening and the night until the tank is hot again. */
function tankKw(day: HouseholdDay, clock: WallClock): number {
  const hour = (clock.hour + clock.minute / 60 + 12) % 24
  const start = 10.5 + 1.5 * uniformAt(day.key, 40)
  const cold = clock.month >= 5 && clock.month <= 9 ? 0.8 : 0
  const hours = day.away ? 0.4 : 1.1 + cold + 0.9 * uniformAt(day.key, 41)
  return hour >= start && hour < start + hours ? 3.6 : 0
}

/** Of the panels' rated power. A patchy sky flickers, a clear or a dark one does not. */
function solarShare(key: number, state: State, ms: number, cloud: number): number {
  const height = sunHeight(ms, state)
  if (height <= 0) return 0
  const flicker = 1.2 * cloud * (1 - cloud) * (uniformAt(keyAt(key, 3), ms / STEP_MS) - 0.5)
  return Math.max(0, 0.84 * height ** 1.15 * (1 - 0.78 * cloud + flicker))
}
