// What the server says, read once: a wrong shape ends here. A newer server's words are kept or left out, never fatal.
import type { Household } from '#domain/household.ts'
import type { MirrorAnswer, MirrorHistoryAnswer, PiReport, PriceDay, UsageDay } from '#domain/mirror.ts'
import {
  type AdvancedPrice,
  CHANNELS,
  type Channel,
  DESCRIPTORS,
  PRICE_KINDS,
  type PriceInterval,
  SPIKE_STATUSES,
} from '#domain/price.ts'
import { readRecord } from '#domain/settings/settings-record.ts'

type Fields = Record<string, unknown>

/** Undefined: not an answer of this kind. */
export function parseMirrorAnswer(raw: unknown): MirrorAnswer | undefined {
  if (!isFields(raw) || !isText(raw.epoch) || !isCount(raw.revision) || typeof raw.more !== 'boolean')
    return undefined
  if (!isPiReport(raw.pi) || !(raw.household === null || isHousehold(raw.household))) return undefined
  const days = parseDays(raw)
  if (!days || !(raw.live === null || Array.isArray(raw.live))) return undefined
  const { epoch, revision, more, pi, household, live, historyBefore, keptFrom } = raw
  const settings = parseSettings(raw.settings)
  return {
    epoch,
    revision,
    more,
    pi,
    household: household && withKnownChannels(household),
    ...(settings && { settings }),
    live: live?.flatMap((row) => parseLiveRow(row) ?? []) ?? null,
    ...days,
    ...(isText(historyBefore) && { historyBefore }),
    ...(isText(keptFrom) && { keptFrom }),
  }
}

/** Undefined: not an answer of this kind. */
export function parseHistoryAnswer(raw: unknown): MirrorHistoryAnswer | undefined {
  if (!isFields(raw) || !isText(raw.epoch) || !(raw.before === null || isText(raw.before))) return undefined
  const days = parseDays(raw)
  return days && { epoch: raw.epoch, before: raw.before, ...days }
}

function parseDays({ priceDays, usageDays }: Fields) {
  return isArrayOf(priceDays, isPriceDay) && isArrayOf(usageDays, isUsageDay)
    ? { priceDays, usageDays }
    : undefined
}

/** Undefined: none, or none that this version understands; what is here stays. */
function parseSettings(raw: unknown): MirrorAnswer['settings'] {
  if (!isFields(raw) || !isText(raw.version)) return undefined
  const record = readRecord(raw.record)
  return record && { version: raw.version, record }
}

const isPriceDay = (raw: unknown): raw is PriceDay =>
  isFields(raw) &&
  hasNumbers(raw, ['end', 'minutes', 'cents']) &&
  hasColumns(raw, ['spot', 'renewables', 'descriptor', 'spike', 'tariff'])

const isUsageDay = (raw: unknown): raw is UsageDay =>
  isFields(raw) &&
  isText(raw.identifier) &&
  hasNumbers(raw, ['end', 'minutes', 'kwh', 'costCents', 'cents', 'estimated']) &&
  hasColumns(raw, ['tariff'])

const hasNumbers = (day: Fields, names: readonly string[]): boolean =>
  isText(day.channel) &&
  isText(day.date) &&
  hasColumns(day, names) &&
  names.every((name) => isArrayOf(day[name], isNumber))

const hasColumns = (day: Fields, names: readonly string[]): boolean =>
  Array.isArray(day.end) &&
  Array.isArray(day.tariffs) &&
  names.every((name) => {
    const column = day[name]
    return Array.isArray(column) && column.length === (day.end as unknown[]).length
  })

/** Undefined: a row of a channel or a kind that this version does not know, or no price at all. */
function parseLiveRow(raw: unknown): PriceInterval | undefined {
  if (!isFields(raw) || !isOneOf(CHANNELS, raw.channel) || !isOneOf(PRICE_KINDS, raw.kind)) return undefined
  if (!isNumber(raw.startMs) || !isNumber(raw.endMs) || !isNumber(raw.centsPerKwh)) return undefined
  const { descriptor, spikeStatus, advanced, ...row } = raw
  return {
    ...row,
    estimate: raw.estimate === true,
    ...(isOneOf(DESCRIPTORS, descriptor) && { descriptor }),
    ...(isOneOf(SPIKE_STATUSES, spikeStatus) && { spikeStatus }),
    ...(isAdvanced(advanced) && { advanced }),
  } as PriceInterval
}

const isAdvanced = (raw: unknown): raw is AdvancedPrice =>
  isFields(raw) && [raw.low, raw.predicted, raw.high].every(isNumber)

const isPiReport = (raw: unknown): raw is PiReport =>
  isFields(raw) &&
  isNumber(raw.atMs) &&
  [raw.amberAnsweredAtMs, raw.amberLostSinceMs].every((ms) => ms === null || isNumber(ms)) &&
  (raw.history === undefined || isFields(raw.history))

const isHousehold = (raw: unknown): raw is Household =>
  isFields(raw) &&
  isText(raw.siteId) &&
  isText(raw.timeZone) &&
  isNumber(raw.intervalMinutes) &&
  isArrayOf(raw.channels, isText) &&
  (raw.registers === undefined || isArrayOf(raw.registers, isFields))

const withKnownChannels = ({ registers, ...household }: Household): Household => ({
  ...household,
  channels: household.channels.filter(isChannel),
  ...(registers && { registers: registers.filter(({ channel }) => isChannel(channel)) }),
})

const isChannel = (channel: Channel): boolean => CHANNELS.includes(channel)

const isFields = (raw: unknown): raw is Fields =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw)
const isText = (raw: unknown): raw is string => typeof raw === 'string' && raw !== ''
const isNumber = (raw: unknown): raw is number => Number.isFinite(raw)
const isCount = (raw: unknown): raw is number => Number.isSafeInteger(raw) && (raw as number) >= 0
const isOneOf = <Word>(words: readonly Word[], raw: unknown): raw is Word => words.includes(raw as Word)
const isArrayOf = <Item>(raw: unknown, isItem: (item: unknown) => item is Item): raw is Item[] =>
  Array.isArray(raw) && raw.every(isItem)
