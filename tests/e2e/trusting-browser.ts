// A Chromium of somebody who trusts one root, or none: with a home of its own, where Chromium on Linux looks for the
// certificates that a person has added.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from '../backend/temporary.ts'
import { QUIET, rootArgs, systemChromium } from '../browser.ts'
import { hasOpenssl } from '../certificates.ts'

/** What is missing here, in words; empty where nothing is. */
export const missingForTrust = [
  systemChromium() ? '' : 'a Chromium of the system',
  spawnSync('certutil', ['-H']).error ? 'certutil (libnss3-tools)' : '',
  hasOpenssl ? '' : 'OpenSSL',
]
  .filter(Boolean)
  .join(', ')

export interface Trusting {
  /** File of the root; undefined: trusts nobody beside the usual ones. */
  readonly root?: string
  /** As on a phone: names that are found on this machine. */
  readonly names: readonly string[]
  readonly width?: number
  readonly height?: number
}

export async function trustingBrowser({
  root,
  names,
  width = 390,
  height = 844,
}: Trusting): Promise<BrowserContext> {
  const home = temporaryFolder()
  const store = join(home, '.pki/nssdb')
  mkdirSync(store, { recursive: true })
  const certutil = (...args: string[]) =>
    execFileSync('certutil', ['-d', `sql:${store}`, ...args], { stdio: 'pipe' })
  certutil('-N', '--empty-password')
  if (root) certutil('-A', '-t', 'C,,', '-n', 'the home', '-i', root)
  const rules = names.map((name) => `MAP ${name} 127.0.0.1`).join(',')
  const { XDG_DATA_HOME: _, ...env } = process.env
  const context = await chromium.launchPersistentContext(join(home, 'profile'), {
    executablePath: systemChromium() as string,
    headless: true,
    env: { ...(env as Record<string, string>), HOME: home },
    args: [...QUIET, ...rootArgs(), `--host-resolver-rules=${rules}`],
    viewport: { width, height },
    timezoneId: 'Australia/Sydney',
    locale: 'en-AU',
  })
  onTestFinished(() => context.close())
  return context
}
