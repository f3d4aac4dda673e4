// What is wrong, what it means and what to do about it, in words for the owner.
import { addDays, type LocalDate, localDate, type NemDate, nemDate } from '#domain/calendar.ts'
import type { HealthAnswer, Problem, SiteChangeAnswer } from '#domain/contract.ts'
import { dayInYear, fullDate } from '#domain/date-words.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import type { Channel } from '#domain/price.ts'
import { spanText, whenText } from '#domain/time-words.ts'
import { DEFAULT_TIME_ZONE } from '#domain/time-zone.ts'
import type { Site } from '../store/sites.ts'
import { isBehind } from './clock.ts'
import type { Home } from './home.ts'

const SYNC_OVERDUE_MS = 15 * MINUTE_MS

type Facts = Omit<HealthAnswer, 'problems'>

export interface Surroundings {
  readonly nowMs: number
  readonly freeBytes: number | undefined
}

export function problemsOf(health: Facts, home: Home, { nowMs, freeBytes }: Surroundings): Problem[] {
  return [
    ...cacheProblem(health, home),
    ...diskProblem(freeBytes),
    ...clockProblem(health, home, nowMs),
    ...rebuiltProblem(health, home, nowMs),
    ...syncProblem(health, home, nowMs),
    ...(home.site?.status === 'closed'
      ? closedProblem(home.site)
      : [
          ...priceProblem(health, home, nowMs),
          ...usageProblem(health, nowMs),
          ...silentProblem(health, nowMs),
        ]),
    ...changedProblem(health, home, nowMs),
    ...quarantineProblem(health),
    ...certificateProblem(health, home, nowMs),
  ]
}

/** "6 March", with its year where that is not this one. */
const dateText = (date: string, nowMs: number): string =>
  dayInYear(date as LocalDate, localDate(nowMs, DEFAULT_TIME_ZONE))

const problem = (code: string, message: string): Problem[] => [{ code, message }]

function cacheProblem(health: Facts, home: Home): Problem[] {
  if (home.trouble !== undefined) return problem('cache-unreadable', home.trouble)
  if (!home.db || !(home.site || health.lastSync))
    return problem(
      'no-cache',
      'Nothing has been fetched yet. The first sync comes within five minutes; if it does not, run "npm run sync" on the Pi.',
    )
  // Of an account that Amber has not let in, or not been asked about, nothing is known.
  if (!home.site && hasAnswered(health))
    return problem(
      'no-site',
      'Amber lists no home for this account yet, or not the site that AMBER_SITE_ID names. It is asked again hourly: you need do nothing unless that name is wrong.',
    )
  return []
}

const hasAnswered = ({ lastSync }: Facts): boolean =>
  lastSync?.outcome === 'ok' || lastSync?.outcome === 'partial'

/** With less than that, a sync may find no room in the middle of its work. */
const LITTLE_ROOM_BYTES = 50e6

function diskProblem(freeBytes: number | undefined): Problem[] {
  if (freeBytes === undefined || freeBytes >= LITTLE_ROOM_BYTES) return []
  return problem(
    'disk-full',
    `The disk is full but for ${(freeBytes / 1e6).toFixed(0)} MB. Screens go on with what is there; make room, and the next sync goes on by itself.`,
  )
}

function clockProblem({ clockOffSeconds }: Facts, { db }: Home, nowMs: number): Problem[] {
  if (db && isBehind(db, nowMs))
    return problem(
      'clock-behind',
      'The clock of this machine is behind the newest price, so nobody can tell which price is now. It is set right once there is internet.',
    )
  if (!clockOffSeconds) return []
  const way = clockOffSeconds > 0 ? 'slow' : 'fast'
  return problem(
    'clock-off',
    `The clock of this machine is ${spanText(Math.abs(clockOffSeconds) * SECOND_MS)} ${way}; Amber's is used instead. Check that time synchronisation is on (timedatectl).`,
  )
}

/** Told while history comes back, and for a day. */
function rebuiltProblem({ rebuilt, history }: Facts, { timeZone }: Home, nowMs: number): Problem[] {
  if (!rebuilt) return []
  const isFilling = !history?.prices.complete || !history.usage.complete
  if (!isFilling && nowMs - Date.parse(rebuilt.at) > DAY_MS) return []
  const kept = rebuilt.file ? ` The old file is kept as ${rebuilt.file}.` : ''
  const backTo = history?.prices.backToDate
  const filling = `Prices are being fetched again, the newest first: back to ${backTo ? dateText(backTo, nowMs) : 'today'} so far.`
  return problem(
    isFilling ? 'cache-rebuilding' : 'cache-rebuilt',
    `The database was damaged or gone on ${dateText(localDate(Date.parse(rebuilt.at), timeZone), nowMs)} and was built anew; ${rebuilt.usageRows} rows of usage came back from the second copy.${kept}${isFilling ? ` ${filling}` : ''} If it happens again, replace the card.`,
  )
}

const SYNC_PROBLEMS: Partial<Record<NonNullable<Facts['lastSync']>['outcome'], string>> = {
  unreachable: 'Amber could not be reached. The cache is served; check the internet connection.',
  'rate-limited':
    'Amber asks for fewer calls: 50 in five minutes are for all programs of the account together. It is asked again by itself; if this comes often, let another program ask less.',
  unauthorised:
    'Amber refused the token. Make a new one in the Amber app (Settings, Developers) and put it in with pi/set-token.sh; where npm start runs instead, into\u00a0AMBER_TOKEN.',
  'amber-error':
    'Amber answered with an error. The cache is served, and Amber is asked again in five minutes; there is nothing to do here.',
  'bad-answer':
    "Amber's answer could not be understood. The cache is served, and Amber is asked again in five minutes; if this lasts for a day, look for an update.",
  partial: 'Amber answered only part of the questions. The rest is asked again in five minutes.',
  failed: 'The last sync failed on this machine. See its log: journalctl -u home-energy-sync-cache.',
}

function syncProblem({ lastSync }: Facts, { timeZone }: Home, nowMs: number): Problem[] {
  if (!lastSync) return []
  const meaning = SYNC_PROBLEMS[lastSync.outcome]
  // Of a refused token the message says no more than that.
  const more = lastSync.outcome === 'unauthorised' ? null : lastSync.message
  const told = meaning ? problem(lastSync.outcome, [meaning, more].filter(Boolean).join(' ')) : []
  const overdue = nowMs - Date.parse(lastSync.finishedAt ?? lastSync.startedAt) > SYNC_OVERDUE_MS
  return overdue
    ? [
        ...told,
        ...problem(
          'sync-overdue',
          `No sync has run since ${whenText(Date.parse(lastSync.startedAt), nowMs, timeZone)}. Check that its timer is active: systemctl list-timers 'home-energy*'.`,
        ),
      ]
    : told
}

const closedProblem = ({ closedOn }: Site): Problem[] =>
  problem(
    'site-closed',
    `Amber has closed this site${closedOn ? ` on ${fullDate(closedOn as LocalDate)}` : ''}: nothing new comes for it, and its history stays. Another site of the account is chosen in the app, under Settings, Home.`,
  )

function priceProblem({ status, prices }: Facts, { timeZone }: Home, nowMs: number): Problem[] {
  if (status !== 'stale') return []
  const untilMs = prices.forecastUntil === null ? undefined : Date.parse(prices.forecastUntil)
  const until =
    untilMs === undefined || untilMs <= nowMs
      ? ''
      : ` Screens show the stored forecast until ${whenText(untilMs, nowMs, timeZone)}.`
  return problem('prices-stale', `There is no price for this interval.${until}`)
}

function usageProblem({ usage }: Facts, nowMs: number): Problem[] {
  const { completeThroughDate } = usage
  if (completeThroughDate === null || completeThroughDate >= usageDueThrough(nowMs)) return []
  return problem(
    'usage-late',
    `Usage is complete only to ${dateText(completeThroughDate, nowMs)}. Amber usually has a day's usage by the next morning; it is asked again hourly.`,
  )
}

const CHANNEL_WORDS: Readonly<Record<Channel, string>> = {
  general: 'general',
  controlledLoad: 'controlled load',
  feedIn: 'feed-in',
}

function silentProblem({ usage }: Facts, nowMs: number): Problem[] {
  const registers = (usage.silentRegisters ?? []).map(({ identifier, channel, lastDate }) => {
    const since = lastDate === null ? 'at all' : `since ${dateText(lastDate, nowMs)}`
    return `${identifier} (${CHANNEL_WORDS[channel]}) nothing ${since}`
  })
  if (registers.length === 0) return []
  return problem(
    'register-silent',
    `Amber lists a register of the meter and has told of ${registers.join(', of ')}. It is not waited for, and no sum holds energy of it. If that energy is used or sold, ask Amber about it; what comes later is taken up by itself.`,
  )
}

/** No fault, but what the household entered may fit no longer. */
function changedProblem({ siteChanges = [] }: Facts, { timeZone }: Home, nowMs: number): Problem[] {
  if (siteChanges.length === 0) return []
  const changes = siteChanges.map((change) => {
    const date = dateText(localDate(Date.parse(change.at), timeZone), nowMs)
    return `${changeText(change)} (noticed ${date})`
  })
  const act = siteChanges.some(({ what }) => what === 'tariff')
    ? ' A network tariff decides on supply, demand and controlled load: compare your next bill with Settings, Bill and Demand charge.'
    : ' There is nothing to do: what belongs to it is fetched by itself.'
  return problem('site-changed', `Amber tells this site otherwise than before: ${changes.join('; ')}.${act}`)
}

function changeText({ what, identifier, was, is }: SiteChangeAnswer): string {
  if (what === 'interval') return `intervals of ${is} minutes instead of ${was}`
  if (what === 'register') return `a new register ${identifier} (${CHANNEL_WORDS[is as Channel] ?? is})`
  return `network tariff ${is} instead of ${was} on ${identifier}`
}

/** The newest NEM date whose usage should be there by now: Amber has it by noon of the next day at the latest. */
const usageDueThrough = (nowMs: number): NemDate => addDays(nemDate(nowMs - 12 * HOUR_MS), -1)

function quarantineProblem({ quarantinedRows }: Facts): Problem[] {
  if (quarantinedRows === 0) return []
  return problem(
    'rows-quarantined',
    `${quarantinedRows} rows of Amber's answers could not be understood and were set aside. Everything else is used. If their number grows, look for an update.`,
  )
}

/** Renewed 60 days before its end: a fortnight before it, nothing does so. */
const CERTIFICATE_SHORT_MS = 14 * DAY_MS
/** Each phone has to go through /setup again: time to find the hour for it. */
const ROOT_SHORT_MS = 60 * DAY_MS

function certificateProblem({ certificate }: Facts, { timeZone }: Home, nowMs: number): Problem[] {
  if (!certificate) return []
  const { renewsItself } = certificate
  const endMs = Date.parse(certificate.expiresAt)
  const rootEndMs = Date.parse(certificate.rootExpiresAt)
  const end = (ms: number) =>
    `${ms > nowMs ? 'ends' : 'ended'} on ${dateText(localDate(ms, timeZone), nowMs)}`
  if (rootEndMs - nowMs < ROOT_SHORT_MS)
    return problem(
      'root-ending',
      `The certificate that your phones were told to trust ${end(rootEndMs)}. Without a new one they cannot reach the Pi. Run "pi/https.sh --new-root" on it, then open /setup on each phone again.`,
    )
  if (endMs - nowMs >= CERTIFICATE_SHORT_MS) return []
  const late = renewsItself ? ' and has not renewed itself' : ''
  const act = renewsItself
    ? 'Run "pi/https.sh" on the Pi; if that does not help, its log says why: journalctl --unit=home-energy-https.'
    : 'Make it anew, as it was made: pi/https.sh --folder.'
  return problem(
    'certificate-ending',
    `The HTTPS certificate ${end(endMs)}${late}. Without a new one phones cannot reach the Pi. ${act}`,
  )
}
