// Which clock a home lives by: the distributor tells the state, the state tells the zone.

export const DEFAULT_TIME_ZONE = 'Australia/Sydney'

const ZONES: Readonly<Record<string, string>> = {
  ausgrid: 'Australia/Sydney',
  endeavour: 'Australia/Sydney',
  essential: 'Australia/Sydney',
  evo: 'Australia/Sydney',
  evoenergy: 'Australia/Sydney',
  actewagl: 'Australia/Sydney',
  energex: 'Australia/Brisbane',
  ergon: 'Australia/Brisbane',
  'sa power': 'Australia/Adelaide',
  sapn: 'Australia/Adelaide',
  tas: 'Australia/Hobart',
  tasnetworks: 'Australia/Hobart',
  aurora: 'Australia/Hobart',
  ausnet: 'Australia/Melbourne',
  citipower: 'Australia/Melbourne',
  jemena: 'Australia/Melbourne',
  powercor: 'Australia/Melbourne',
  united: 'Australia/Melbourne',
}

/**
 * The zone of a distributor as Amber names it ("Ausgrid", "United Energy"), whatever the case or spacing; undefined for
 * one that is not of the NEM. Broken Hill keeps Adelaide's time on a Sydney distributor: TIME_ZONE is for that.
 */
export function zoneOfNetwork(network: string): string | undefined {
  const name = network.toLowerCase().replaceAll(/[^a-z]+/g, ' ')
  const short = name.replaceAll(/\b(energy|networks?|services|electricity|limited|pty|ltd)\b/g, ' ')
  return ZONES[short.replaceAll(/ +/g, ' ').trim()] ?? ZONES[name.replaceAll(' ', '')]
}

/** Whether this machine knows a time zone of that name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
