// By what the household is safe: the certificate that phones know, and the last backup.
import { localDate } from '#domain/calendar.ts'
import type { CertificateAnswer, HealthAnswer } from '#domain/contract.ts'
import { dayInYear } from '#domain/date-words.ts'
import { DAY_MS } from '#domain/interval.ts'
import type { Situation } from '#domain/situation.ts'
import { whenAndAge } from '#domain/time-words.ts'
import type { DeviceState, HeardHealth, Row } from './report.ts'

/** pi/https.sh renews before that. */
const RENEWED_BEFORE_MS = 59 * DAY_MS

export function httpsRow(
  { isHttps, isSecure }: Pick<DeviceState, 'isHttps' | 'isSecure'>,
  health: HeardHealth | undefined,
  now: Situation,
): Row {
  const certificate = health?.answer.certificate
  const caption = 'HTTPS'
  const note = certificate ? certificateNote(certificate, now) : ''
  if (isHttps) return { caption, text: 'Working', note }
  if (!certificate)
    return {
      caption,
      text: 'Not set up',
      note: `${isSecure ? 'phones' : 'this device'} cannot open without the Pi; on\u00a0the\u00a0Pi: pi/https.sh, then on each phone: /setup`,
    }
  return isSecure
    ? { caption, text: 'Set up', note }
    : { caption, text: 'Set up, not used here', note: 'open the address that /setup shows' }
}

function certificateNote(
  { expiresAt, renewsItself }: CertificateAnswer,
  { nowMs, timeZone }: Situation,
): string {
  const endMs = Date.parse(expiresAt)
  const end = dayInYear(localDate(endMs, timeZone), localDate(nowMs, timeZone))
  if (renewsItself && endMs - nowMs > RENEWED_BEFORE_MS) return `certificate to ${end}, renews itself`
  return `certificate ${endMs < nowMs ? 'ended' : 'ends'} ${end}`
}

/** Amber gives usage again for about 90 days: an older backup leaves some of it to this one card. */
const BACKUP_OLD_MS = 60 * DAY_MS
const BACKUP_COMMAND = 'on the Pi: npm run backup -- FILE'

/** The demo's facts can be had again at any time; an older Pi does not tell. */
export function backupRow({ lastBackup, demo }: HealthAnswer, { nowMs, timeZone }: Situation): Row[] {
  if (demo || lastBackup === undefined) return []
  const caption = 'Backup'
  if (!lastBackup) return [{ caption, text: 'None yet', note: BACKUP_COMMAND }]
  const madeMs = Date.parse(lastBackup.at)
  const text = whenAndAge(madeMs, nowMs, timeZone)
  const isOld = nowMs - madeMs > BACKUP_OLD_MS
  return [{ caption, text, note: isOld ? `time for a new one, ${BACKUP_COMMAND}` : lastBackup.file }]
}
