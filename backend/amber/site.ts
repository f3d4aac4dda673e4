import type { Channel } from '#domain/price.ts'

/**
 * A site of the account. The meter number (NMI) is personal and is never taken over. What is absent Amber does not tell,
 * or tells in a way that cannot be read.
 */
export interface AmberSite {
  readonly siteId: string
  readonly network?: string
  /** pending, active, closed; another word is kept as it came. */
  readonly status?: string
  readonly intervalMinutes?: number
  /** NEM dates. */
  readonly activeFrom?: string
  readonly closedOn?: string
  readonly channels: readonly { identifier: string; channel: Channel; tariff?: string }[]
}
