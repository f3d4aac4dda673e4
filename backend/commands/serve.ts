// Serves the cache and the app. Knows no token and never calls Amber.
import { hostname } from 'node:os'
import { askedAt } from '../appliance.ts'
import { frontEndFolder } from '../front-end-build.ts'
import { revisionOf, watchChanges } from '../http/changes.ts'
import { listen, type RunningServer } from '../http/server.ts'
import type { Outside } from '../main.ts'
import { createNotifier, type Notifier } from '../notify.ts'
import { createReader } from '../store/reader.ts'
import { createSettingsFile, settingsFilePath } from '../store/settings-file.ts'
import { readVersion } from '../version.ts'
import { configured, EXIT_CONFIG } from './configured.ts'

export async function serveCommand(outside: Outside): Promise<number> {
  const config = configured(outside)
  if (!config) return EXIT_CONFIG
  const reader = createReader(config.sqlitePath)
  const household = createSettingsFile(settingsFilePath(config.sqlitePath))
  const changes = watchChanges(reader, { also: household.version })
  // A read that fails is an answer too, which health tells; only a read that never ends is a reason to start again.
  const notifier = createNotifier({
    env: outside.env,
    work: () => revisionOf(reader),
    log: outside.log,
  })
  try {
    const server = await listen(
      {
        reader,
        changes,
        settings: { siteId: config.amberSiteId, timeZone: config.timeZone },
        now: outside.now,
        startedAtMs: outside.now(),
        ...readVersion(outside.root),
        hostNames: [...machineNames(hostname()), ...config.allowedHosts],
        frontEnd: frontEndFolder(outside.root),
        log: outside.log,
      },
      config,
    )
    outside.log(`serve: http://localhost:${server.port}`)
    notifier.ready(askedAt(config.host, server.port))
    await untilStopped(outside, server, notifier)
    return 0
  } catch (error) {
    outside.log(`serve: ${explain(error, config.port, config.host)}`)
    return EXIT_CONFIG
  } finally {
    notifier.close()
    changes.close()
    reader.close()
  }
}

async function untilStopped(
  { stop, log }: Outside,
  server: RunningServer,
  notifier: Notifier,
): Promise<void> {
  await stop
  notifier.stopping()
  await server.close()
  log('serve: stopped')
}

/** The machine's own names, also as its neighbours know it by multicast DNS. */
export function machineNames(name: string): string[] {
  const short = name.split('.')[0] as string
  return [name, short, `${short}.local`]
}

function explain(error: unknown, port: number, host: string): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken: stop the program that uses it, or set PORT to another one.`
  if (code === 'EACCES') return `Port ${port} may not be used by this user: set PORT to one above 1023.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST=${host} is not an address of this machine.`
  return `cannot listen on ${host}:${port}: ${(error as Error).message}`
}
