// Where everything lies, and with which settings systemd runs it.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { asRoot, told } from './command.ts'

export interface Place {
  readonly checkout: string
  /** Beside the checkout: one folder a release, and the links "current" and "previous". */
  readonly releases: string
  readonly settings: NodeJS.Dict<string>
  readonly sqlitePath: string
  /** Where the running server is asked. */
  readonly origin: string
  /** A file of the machine's own. */
  readonly system: (path: string) => string
}

/** `settings`: from the file alone, or, where systemd keeps that from us, those that it handed on instead. */
export function findPlace(
  checkout: string,
  env: NodeJS.ProcessEnv,
  { settings: from }: { settings: 'file' | 'handed on' },
): Place {
  const system = (path: string) => join(env.DESTDIR ?? '/', path)
  const file = system('/etc/home-energy-analysis/dashboard.env')
  const settings = withoutToken(textOf(file) ?? (from === 'handed on' ? env : textForRoot(file)))
  return {
    system,
    checkout,
    releases: `${checkout}-releases`,
    settings,
    sqlitePath: settings.SQLITE_PATH || system('/var/lib/home-energy-analysis/cache.sqlite'),
    origin: `http://${addressOf(settings.HOST || '0.0.0.0')}:${settings.PORT || '5050'}`,
  }
}

/** Which is nobody's business here. */
function withoutToken(given: string | NodeJS.ProcessEnv): NodeJS.Dict<string> {
  const { AMBER_TOKEN: _, ...settings } = typeof given === 'string' ? parseEnv(given) : given
  return settings
}

/** Undefined where we may not read it. */
function textOf(file: string): string | undefined {
  try {
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  } catch {
    return undefined
  }
}

/** A login from before the installation does not know yet that it belongs to the group. */
const textForRoot = (file: string): string =>
  told(asRoot('grep', '--invert-match', '^AMBER_TOKEN=', file)).text

function addressOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
