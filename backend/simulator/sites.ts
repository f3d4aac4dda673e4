import { type NemDate, nemDate } from '#domain/calendar.ts'
import type { Minutes } from './slots.ts'
import type { StateName } from './states.ts'
import type { ChannelType, NetworkTariff } from './tariff.ts'
import { AUSGRID_DEMAND, VICTORIAN_TIME_OF_USE } from './tariffs.ts'

export interface SimulatedChannel {
  readonly identifier: string
  readonly type: ChannelType
  /** The network's code. */
  readonly tariff: string
}

export interface SimulatedSite {
  /** ULID */
  readonly id: string
  readonly nmi: string
  readonly channels: readonly SimulatedChannel[]
  readonly network: string
  readonly status: 'pending' | 'active' | 'closed'
  /** NEM dates. */
  readonly activeFrom?: string
  readonly closedOn?: string
  readonly intervalLength: Minutes
  /** The meter went from half hours to 5 minutes with this NEM date; `intervalLength` is then not looked at. */
  readonly fiveMinuteFrom?: string
  readonly state: StateName
  readonly networkTariff: NetworkTariff
  /** 0: no panels. */
  readonly solarKw: number
  /** 1: two adults and a child. */
  readonly appetite: number
}

export interface SiteRow {
  readonly id: string
  readonly nmi: string
  readonly channels: readonly SimulatedChannel[]
  readonly network: string
  readonly status: string
  readonly activeFrom?: string
  readonly closedOn?: string
  readonly intervalLength: Minutes
}

/** A house in Sydney with panels and off-peak hot water, billed by 5 minutes. */
export const DEMO_SITE: SimulatedSite = {
  id: '01JZ0F5V7QH3T9M2K6XW8RB4CN',
  nmi: '4100000017',
  channels: [
    { identifier: 'E1', type: 'general', tariff: 'EA116' },
    { identifier: 'E2', type: 'controlledLoad', tariff: 'EA030' },
    { identifier: 'B1', type: 'feedIn', tariff: 'EA029' },
  ],
  network: 'Ausgrid',
  status: 'active',
  activeFrom: '2025-07-01',
  intervalLength: 5,
  state: 'nsw',
  networkTariff: AUSGRID_DEMAND,
  solarKw: 6.6,
  appetite: 1,
}

/** A flat in Melbourne without panels, billed by half hours. */
export const VICTORIAN_SITE: SimulatedSite = {
  id: '01JY6T2WD4N8PZ5E3QV7KA9HGM',
  nmi: '6001000023',
  channels: [{ identifier: 'E1', type: 'general', tariff: 'VICR_TOU' }],
  network: 'Jemena',
  status: 'active',
  activeFrom: '2025-06-16',
  intervalLength: 30,
  state: 'vic',
  networkTariff: VICTORIAN_TIME_OF_USE,
  solarKw: 0,
  appetite: 0.6,
}

/** Transferred, but not yet Amber's. */
export const pendingSite = (site: SimulatedSite, activeFrom: string): SimulatedSite => ({
  ...site,
  status: 'pending',
  activeFrom,
})

/** The same meter, closed and opened anew under another id: the older one comes first. */
export function reopenedSite(
  site: SimulatedSite,
  onDate: string,
): [closed: SimulatedSite, active: SimulatedSite] {
  const newId = [...site.id]
    .reverse()
    .join('')
    .replace(/^[^0-7]/, '0')
  return [
    { ...site, status: 'closed', closedOn: onDate },
    { ...site, id: newId, activeFrom: onDate },
  ]
}

/** The billing interval of that day. */
export function minutesOn({ fiveMinuteFrom, intervalLength }: SimulatedSite, date: NemDate): Minutes {
  if (fiveMinuteFrom === undefined) return intervalLength
  return date < fiveMinuteFrom ? 30 : 5
}

/** As Amber's /sites tells it at that time. */
export const siteRow = (site: SimulatedSite, nowMs: number): SiteRow => ({
  id: site.id,
  nmi: site.nmi,
  channels: site.channels,
  network: site.network,
  status: site.status,
  ...(site.activeFrom && { activeFrom: site.activeFrom }),
  ...(site.closedOn && { closedOn: site.closedOn }),
  intervalLength: minutesOn(site, nemDate(nowMs)),
})
