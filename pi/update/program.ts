// A release as a program: how it is run by hand, and what an update asks of it.
import { arch } from 'node:os'
import { dirname, join } from 'node:path'
import { mustRun } from './command.ts'
import type { Place } from './place.ts'

export const nodeOf = (release: string): string => join(release, `node_modules/node-linux-${arch()}/bin/node`)

/** The household's own settings, so that one which the new version does not take is found now; but never its doors. */
export function environmentOf({ settings }: Place, sqlitePath: string): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env
  return {
    ...settings,
    PATH,
    HOME,
    SQLITE_PATH: sqlitePath,
    HOST: '127.0.0.1',
    PORT: '0',
    TLS_FOLDER: dirname(sqlitePath),
  }
}

/** It brings the database into its own form, if it has another one. */
export const migrate = (release: string, env: NodeJS.ProcessEnv): void =>
  run('migrate', release, env, 'the new version could not take over the database: see above')

/** It lets every device copy the database anew, since this is an older one than they may have seen. */
export const renameDatabase = (release: string, env: NodeJS.ProcessEnv): void =>
  run('rename', release, env, 'the database that was put back could not be given a new name: see above')

function run(command: string, release: string, env: NodeJS.ProcessEnv, words: string): void {
  mustRun([nodeOf(release), 'backend/home-energy.mjs', command], words, { cwd: release, env })
}
