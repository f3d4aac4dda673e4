// One Chromium for every test that needs a screen: the one that is named, the system's without its windows (half the work of
// the whole one), the system's, or the one npm brought along.
import { existsSync } from 'node:fs'
import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const SHELL_PATHS = ['/usr/bin/chromium-headless-shell']
const SYSTEM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

// Nothing of a test may leave this machine, and Chromium asks its maker about many things by itself.
export const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** With windows, installs and certificates: undefined where there is only the one npm brought along. */
export const systemChromium = (): string | undefined => firstOf(SYSTEM_PATHS)

const firstOf = (paths: readonly string[]): string | undefined =>
  process.env.CHROMIUM_PATH || paths.find((path) => existsSync(path))

export async function launchBrowser(): Promise<Browser> {
  const executablePath = await chromiumPath()
  return chromium.launch({ executablePath, args: [...QUIET, ...rootArgs()], headless: true })
}

/** The packaged one is unpacked on demand; its own list of arguments switches web security off and is left alone. */
const chromiumPath = async (): Promise<string> =>
  firstOf([...SHELL_PATHS, ...SYSTEM_PATHS]) ?? (await sparticuz.executablePath())

/** Chromium's sandbox refuses to run as root, as containers do. */
export const rootArgs = (): readonly string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : [])
