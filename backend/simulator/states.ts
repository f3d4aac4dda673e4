// The four states that Amber's renewables route knows. Plant is in shares of the state's mean demand.

export const STATE_NAMES = ['nsw', 'vic', 'qld', 'sa'] as const
export type StateName = (typeof STATE_NAMES)[number]

export interface State {
  readonly name: StateName
  readonly timeZone: string
  readonly latitude: number
  readonly longitude: number
  /** On the roofs and in the fields, under a clear summer noon. */
  readonly solar: number
  readonly wind: number
  readonly hydro: number
  /** Of the year, and how far January and July lie from it. */
  readonly meanC: number
  readonly seasonC: number
}

export const STATES: Readonly<Record<StateName, State>> = {
  nsw: {
    name: 'nsw',
    timeZone: 'Australia/Sydney',
    latitude: -33.87,
    longitude: 151.21,
    solar: 0.82,
    wind: 0.28,
    hydro: 0.05,
    meanC: 18,
    seasonC: 5.5,
  },
  vic: {
    name: 'vic',
    timeZone: 'Australia/Melbourne',
    latitude: -37.81,
    longitude: 144.96,
    solar: 0.74,
    wind: 0.6,
    hydro: 0.07,
    meanC: 15.5,
    seasonC: 5.5,
  },
  qld: {
    name: 'qld',
    timeZone: 'Australia/Brisbane',
    latitude: -27.47,
    longitude: 153.03,
    solar: 0.92,
    wind: 0.16,
    hydro: 0.03,
    meanC: 21,
    seasonC: 4.5,
  },
  sa: {
    name: 'sa',
    timeZone: 'Australia/Adelaide',
    latitude: -34.93,
    longitude: 138.6,
    solar: 1.15,
    wind: 0.95,
    hydro: 0,
    meanC: 17.5,
    seasonC: 6,
  },
}
