// What can be made to go wrong, at run time: set a field to switch a fault on, unset it to switch it off.
import type { SimulatedChannel, SimulatedSite } from './sites.ts'
import type { UsageStage } from './usage-record.ts'

export type Endpoint = 'sites' | 'prices' | 'current' | 'usage' | 'renewables'

export interface Outage {
  /**
   * A status: the gateway's error of that number. throttled: 429 without a RateLimit header, though under quota.
   * html: 200 with a web page. empty: 200 with []. reset: the connection breaks before an answer.
   */
  readonly kind: 500 | 502 | 503 | 504 | 'throttled' | 'html' | 'empty' | 'reset'
  /** Absent: all of them. */
  readonly on?: readonly Endpoint[]
  /** Counts down and wears out; absent: until it is taken away. */
  times?: number
}

export interface Faults {
  /** The first one that concerns a request answers it. */
  outages?: Outage[] | undefined
  /** Every answer waits so long; closing the server does not. */
  delayMs?: number | undefined
  /** The tokens were revoked: 403. */
  tokensRevoked?: boolean | undefined
  /** Other programs of the account have used the quota up: 429. */
  quotaExhausted?: boolean | undefined
  /** The quota's 429 comes without RateLimit headers; both kinds have been seen. */
  quotaSilent?: boolean | undefined

  /** What the account holds, in place of what it was made with. */
  sites?: readonly SimulatedSite[] | undefined
  /** /sites in the opposite order. */
  sitesSwapped?: boolean | undefined
  /** Every site has one channel more, which shifts the others in each answer. */
  extraChannel?: SimulatedChannel | undefined

  missingPrevious?: boolean | undefined
  missingForecasts?: boolean | undefined
  missingRange?: boolean | undefined
  missingAdvancedPrice?: boolean | undefined
  /** Share of half hours, 0 … 1, that settled prices lack. */
  missingActuals?: number | undefined
  /** The running price stays an estimate until its interval is over. */
  neverSettled?: boolean | undefined
  /** The current row is that of the interval before. */
  staleCurrent?: boolean | undefined
  /** `resolution` is passed over, as one report has it. */
  resolutionIgnored?: boolean | undefined

  /** By NEM date, or '*' for every day: in place of the stage that the day would have. */
  usageStages?: Readonly<Record<string, UsageStage>> | undefined
  /** Exported energy as the contract's text has it, below zero; the cost keeps its sign. */
  negativeExportKwh?: boolean | undefined

  /** Of the rows that would have one. */
  tariffInformation?: 'null' | 'absent' | undefined
  /** In every row; 108 has been seen. */
  renewablesPercent?: number | undefined
  /** Words that no contract knows, put into the last row of each answer. */
  unknownWords?: Readonly<Partial<Record<UnknownWord, string>>> | undefined
}

export type UnknownWord =
  | 'type'
  | 'descriptor'
  | 'spikeStatus'
  | 'channelType'
  | 'quality'
  | 'status'
  | 'period'

/** The outage that this request runs into, counted down. */
export function takeOutage({ outages = [] }: Faults, endpoint: Endpoint | undefined): Outage | undefined {
  const outage = outages.find(
    ({ on, times }) => (!on || (endpoint && on.includes(endpoint))) && (times === undefined || times > 0),
  )
  if (outage?.times !== undefined) outage.times -= 1
  return outage
}
