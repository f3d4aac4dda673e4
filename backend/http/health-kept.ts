// What health tells of what lies beside the database: the last backup, and the certificate that phones know.
import { isoLocal } from '#domain/calendar.ts'
import type { CertificateAnswer, HealthAnswer } from '#domain/contract.ts'
import type { LastBackup } from '../store/last-backup.ts'
import type { HttpsState } from './https.ts'

/** A backup of the demo household is none of a home. */
export function backupAnswer(
  backup: LastBackup | undefined,
  demo: boolean,
  timeZone: string,
): NonNullable<HealthAnswer['lastBackup']> | null {
  if (!backup || backup.demo !== demo) return null
  return { at: isoLocal(backup.madeAtMs, timeZone), file: backup.file }
}

export function certificateAnswer(
  https: Pick<HttpsState, 'expiresAtMs' | 'root' | 'renewsItself'> | undefined,
  timeZone: string,
): CertificateAnswer | null {
  if (!https) return null
  return {
    expiresAt: isoLocal(https.expiresAtMs, timeZone),
    rootExpiresAt: isoLocal(Date.parse(https.root.validTo), timeZone),
    renewsItself: https.renewsItself,
  }
}
