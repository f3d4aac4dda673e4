// Runs other programs. What they say goes where this program's words go, unless it is asked for.
import { spawnSync } from 'node:child_process'
import { Stop } from './stop.ts'

interface Options {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly timeoutMs?: number
}

/** The exit code; 1 where it could not be run, or was killed. */
export function exitOf(command: readonly string[], options: Options = {}): number {
  return spawn(command, 'inherit', options).status ?? 1
}

/** Stops the update with `words` where the program fails. */
export function mustRun(command: readonly string[], words: string, options: Options = {}): void {
  if (exitOf(command, options) !== 0) throw new Stop(words)
}

export interface Told {
  readonly exit: number
  readonly text: string
}

/** What it printed, without the last line break; its complaints go to the terminal. */
export function told(command: readonly string[], options: Options = {}): Told {
  const { status, stdout } = spawn(command, 'pipe', options)
  return { exit: status ?? 1, text: String(stdout ?? '').trimEnd() }
}

/** As root: by itself, or through sudo, which asks for a password only where there is somebody to give it. */
export function asRoot(...command: string[]): string[] {
  if (process.getuid?.() === 0) return command
  return process.stdin.isTTY ? ['sudo', '--', ...command] : ['sudo', '--non-interactive', '--', ...command]
}

function spawn([program = '', ...args]: readonly string[], output: 'inherit' | 'pipe', options: Options) {
  return spawnSync(program, args, {
    stdio: ['inherit', output, 'inherit'],
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    ...(options.env && { env: options.env }),
    ...(options.timeoutMs !== undefined && { timeout: options.timeoutMs }),
    maxBuffer: 16 * 1024 * 1024,
  })
}
