import type { AmberSite } from '../amber/site.ts'
import type { Site } from '../store/sites.ts'

/** Absent before November 2024, when every site was billed by the half hour. */
const HALF_HOUR_MINUTES = 30

/** What an answer does not tell of a site stays as it is known. */
export function siteAsTold(told: AmberSite, known: Site | undefined): Site {
  const status = told.status ?? known?.status ?? ''
  const activeFrom = told.activeFrom ?? known?.activeFrom
  const closedOn = told.closedOn ?? (status === 'closed' ? known?.closedOn : undefined)
  return {
    siteId: told.siteId,
    network: told.network ?? known?.network ?? '',
    status,
    intervalMinutes: told.intervalMinutes ?? known?.intervalMinutes ?? HALF_HOUR_MINUTES,
    ...(activeFrom !== undefined && { activeFrom }),
    ...(closedOn !== undefined && { closedOn }),
    channels: told.channels.map(({ identifier, channel, tariff }) => ({
      identifier,
      channel,
      tariff: tariff ?? known?.channels.find((each) => each.identifier === identifier)?.tariff ?? '',
    })),
  }
}
