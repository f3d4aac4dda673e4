// home-energy COMMAND: the one entry. The outside world (clock, environment, output) is taken here and handed on.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { applianceSettings } from './appliance.ts'
import { backupCommand } from './commands/backup.ts'
import { migrateCommand } from './commands/migrate.ts'
import { renameCommand } from './commands/rename.ts'
import { restoreCommand } from './commands/restore.ts'
import { serveCommand } from './commands/serve.ts'
import { startCommand } from './commands/start.ts'
import { statusCommand } from './commands/status.ts'
import { syncCommand } from './commands/sync.ts'
import { createLog, type Log } from './log.ts'

export interface Outside {
  /** The repository's root. */
  readonly root: string
  /** What follows the command. */
  readonly args: readonly string[]
  /** The folder that the person stands in. */
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
  readonly log: Log
  /** For what a person asked to see, unadorned. */
  readonly print: (text: string) => void
  /** Resolves when the process is asked to stop. */
  readonly stop: Promise<void>
}

interface Command {
  readonly run: (outside: Outside) => Promise<number>
  readonly does: string
}

const COMMANDS: Readonly<Record<string, Command>> = {
  start: { run: startCommand, does: 'build what is not built, serve, and refresh every five minutes' },
  serve: { run: serveCommand, does: 'serve the cache and the app' },
  sync: { run: syncCommand, does: 'refresh once from Amber, then exit' },
  backup: { run: backupCommand, does: 'FILE: write a verified copy of all that cannot be fetched again' },
  restore: { run: restoreCommand, does: 'FILE: put such a copy back' },
  migrate: { run: migrateCommand, does: 'bring the database into the form of this version' },
  rename: { run: renameCommand, does: 'let every device copy the database anew' },
  status: { run: statusCommand, does: 'show on one screen how a running server is' },
}

export async function main(args: readonly string[]): Promise<void> {
  const command = COMMANDS[args[0] ?? '']
  if (!command) {
    const lines = Object.entries(COMMANDS).map(([name, { does }]) => `  ${name.padEnd(8)}${does}`)
    console.error(['usage: home-energy COMMAND', ...lines].join('\n'))
    process.exit(args[0] === undefined || args[0] === '--help' ? 0 : 64)
  }
  process.exit(await command.run(outside({ ...settingsOf(args[0]), ...process.env }, args.slice(1))))
}

/** Run by hand where the appliance is installed, these are about the appliance. What systemd runs has its settings already. */
function settingsOf(command: string | undefined): Outside['env'] {
  const byHand = process.env.npm_lifecycle_event === command && process.env.STATE_DIRECTORY === undefined
  if (command === 'status') return applianceSettings()
  if (byHand && (command === 'backup' || command === 'restore')) return applianceSettings()
  return byHand && command === 'sync' ? applianceSettings({ withToken: true }) : {}
}

function outside(env: Outside['env'], args: readonly string[]): Outside {
  return {
    root: join(import.meta.dirname, '..'),
    args,
    // npm goes to the root of the package first, and says where it came from.
    folder: env.INIT_CWD ?? process.cwd(),
    env,
    now: Date.now,
    sleep: (ms) => sleep(ms),
    log: createLog((text) => process.stdout.write(text)),
    print: (text) => process.stdout.write(`${text}\n`),
    stop: new Promise((resolve) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
    }),
  }
}
