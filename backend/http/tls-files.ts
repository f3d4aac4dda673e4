// The certificate that pi/https.sh made: what this server shows to phones, and the root by which they trust it.
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Where pi/https.sh keeps them on an appliance, and its timer renews what is there. Elsewhere nobody does. */
export const RENEWED_FOLDER = '/etc/home-energy-analysis/https'

/** The key and the certificate in one file, so that a renewal replaces both at once. */
const SERVER_FILE = 'server.pem'
const ROOT_FILE = 'root.crt'

export interface Certificates {
  /** Key and certificate. Never leaves this process. */
  readonly pem: string
  readonly root: X509Certificate
  /** Names and addresses that the certificate vouches for, names first. */
  readonly names: readonly string[]
  readonly expiresAtMs: number
}

/** Changes when the files do; undefined while there is nothing to serve. */
export function versionOfCertificates(folder: string): string | undefined {
  const stats = [SERVER_FILE, ROOT_FILE].map((name) =>
    statSync(join(folder, name), { throwIfNoEntry: false }),
  )
  return stats.every((stat) => stat !== undefined)
    ? stats.map((stat) => `${stat?.ino}.${stat?.mtimeMs}.${stat?.size}`).join()
    : undefined
}

/** Throws where the files cannot be read or do not belong together. */
export function readCertificates(folder: string): Certificates {
  const pem = readFileSync(join(folder, SERVER_FILE), 'utf8')
  const certificate = new X509Certificate(pem)
  const root = new X509Certificate(readFileSync(join(folder, ROOT_FILE)))
  if (!certificate.checkPrivateKey(createPrivateKey(pem))) throw new Error(`${SERVER_FILE} has another's key`)
  if (!certificate.verify(root.publicKey)) throw new Error(`${SERVER_FILE} is not signed by ${ROOT_FILE}`)
  return { pem, root, names: namesOf(certificate), expiresAtMs: Date.parse(certificate.validTo) }
}

const namesOf = ({ subjectAltName = '' }: X509Certificate): string[] =>
  subjectAltName.split(', ').flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? [])
