// Three tariffs, in the shape and size of real ones.
import type { WallClock } from '#domain/calendar.ts'
import type { NetworkTariff, Rates } from './tariff.ts'

const isWeekday = ({ weekday }: WallClock): boolean => weekday >= 1 && weekday <= 5
const isEvening = ({ hour }: WallClock): boolean => hour >= 15 && hour < 21

const sydney2024: Rates = {
  fromYear: 2024,
  lossFactor: 1.04842,
  generalAdders: { offPeak: 16.4878, peak: 21.9328 },
  controlledLoadAdder: 7.3649,
  exportAdders: [
    { fromHour: 10, untilHour: 15, cents: 1.203 },
    { fromHour: 16, untilHour: 21, cents: -2.395 },
  ],
  generalSteps: [16.5, 31.5, 41.5, 51.5],
  controlledLoadSteps: [7.365, 20.5, 30.5, 40.5],
}

const melbourne2024: Rates = {
  fromYear: 2024,
  lossFactor: 1.0402,
  generalAdders: { offPeak: 10.1135, peak: 22.9835 },
  controlledLoadAdder: 8.044,
  exportAdders: [],
  generalSteps: [15.37, 25.5, 35.5, 45.5],
  controlledLoadSteps: [8.05, 20.5, 30.5, 40.5],
}

const summer = (month: number): boolean => month >= 11 || month <= 3
const winter = (month: number): boolean => month >= 6 && month <= 8

/** Sydney: demand charge on weekday evenings, a dearer energy rate in the evenings of summer and winter, two-way export. */
export const AUSGRID_DEMAND: NetworkTariff = {
  rates: [
    sydney2024,
    {
      ...sydney2024,
      fromYear: 2026,
      lossFactor: 1.05127,
      generalAdders: { offPeak: 17.0236, peak: 22.6514 },
      controlledLoadAdder: 7.5988,
      exportAdders: [
        { fromHour: 10, untilHour: 15, cents: 1.248 },
        { fromHour: 16, untilHour: 21, cents: -2.471 },
      ],
      generalSteps: [17.05, 31.5, 41.5, 51.5],
      controlledLoadSteps: [7.6, 20.5, 30.5, 40.5],
    },
  ],
  periodAt: (clock) =>
    isEvening(clock) && (summer(clock.month) || winter(clock.month)) ? 'peak' : 'offPeak',
  seasonAt: ({ month }) =>
    summer(month) ? 'summer' : winter(month) ? 'winter' : month < 6 ? 'autumn' : 'spring',
  demandWindowAt: (clock) => isEvening(clock) && isWeekday(clock),
}

/** Melbourne: peak from 3 to 9 pm, all year. */
export const VICTORIAN_TIME_OF_USE: NetworkTariff = {
  rates: [
    melbourne2024,
    {
      ...melbourne2024,
      fromYear: 2025,
      lossFactor: 1.0417,
      generalAdders: { offPeak: 9.6022, peak: 22.4722 },
      generalSteps: [14.6, 26.5, 36.5, 46.5],
    },
    {
      ...melbourne2024,
      fromYear: 2026,
      lossFactor: 1.0431,
      generalAdders: { offPeak: 9.8805, peak: 22.7505 },
      generalSteps: [14.05, 25.5, 35.5, 45.5],
    },
  ],
  periodAt: (clock) => (isEvening(clock) ? 'peak' : 'offPeak'),
  seasonAt: () => 'default',
}

/** One rate round the clock: prices come without tariff information. */
export const FLAT: NetworkTariff = { rates: [melbourne2024] }
