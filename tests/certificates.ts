// The certificate of a home, made by the same script as on the Pi, on a machine that is called and addressed as told.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const PROGRAM = join(import.meta.dirname, '../pi/https-certificate.sh')

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0

export interface MachineNames {
  readonly name: string
  readonly addresses?: readonly string[]
  /** What "date +%s" says; default: the truth. */
  readonly clock?: number
}

/** A folder to put first on the PATH. */
export function machineCalled(folder: string, { name, addresses = [], clock }: MachineNames): string {
  const bin = join(folder, `bin-${[name, ...addresses, clock ?? 'now'].join('-').replaceAll(':', '.')}`)
  mkdirSync(bin, { recursive: true })
  stub(
    bin,
    'hostname',
    `case "$1" in --short) echo ${name} ;; --all-ip-addresses) echo "${addresses.join(' ')} " ;; *) exit 2 ;; esac`,
  )
  if (clock !== undefined)
    stub(bin, 'date', `if [ "$1" = +%s ]; then echo ${clock}; else exec /bin/date "$@"; fi`)
  return bin
}

export function stub(bin: string, name: string, body: string): void {
  writeFileSync(join(bin, name), `#!/usr/bin/env bash\n${body}\n`)
  chmodSync(join(bin, name), 0o755)
}

export function runCertificate(folder: string, bin: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(PROGRAM, [folder, ...args], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
  })
  return { status, said: stdout + stderr }
}

/** A folder such as TLS_FOLDER names, inside the given one. */
export function makeCertificates(
  folder: string,
  machine: MachineNames = { name: 'kitchen', addresses: ['192.168.1.20'] },
): string {
  const tlsFolder = join(folder, 'https')
  const { status, said } = runCertificate(tlsFolder, machineCalled(folder, machine))
  if (status !== 0) throw new Error(said)
  return tlsFolder
}

/** A certificate that somebody with the stolen root makes for whatever they like. */
export function forge(tlsFolder: string, into: string, subject: string, days = 30): string {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' })
  mkdirSync(into, { recursive: true })
  const at = (name: string) => join(into, name)
  writeFileSync(
    at('cnf'),
    `subjectAltName = ${subject}\nextendedKeyUsage = serverAuth\nbasicConstraints = critical,CA:FALSE\n`,
  )
  openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', at('key'))
  openssl('req', '-new', '-key', at('key'), '-subj', '/CN=forged', '-out', at('csr'))
  openssl(
    ...['x509', '-req', '-in', at('csr'), '-days', String(days), '-set_serial', '77', '-extfile', at('cnf')],
    ...['-CA', join(tlsFolder, 'root.crt'), '-CAkey', join(tlsFolder, 'root.key'), '-out', at('crt')],
  )
  return into
}
