// A script that runs, as somebody follows it who waits for a word of it.
import { type ChildProcess, spawn } from 'node:child_process'
import { onTestFinished } from 'vitest'

/** Root may do everything, which would prove little: for root the lab belongs to somebody who may not. */
export const INHABITANT = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}

export interface Run {
  readonly child: ChildProcess
  output(): string
  said(words: RegExp): Promise<void>
  ended: Promise<number | string>
}

export function follow(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
  input: string,
): Run {
  // A process group of its own, as a terminal gives it: what a test leaves running can be ended.
  const child = spawn(program, args, {
    env,
    stdio: 'pipe',
    detached: true,
    ...INHABITANT,
  })
  child.stdin?.on('error', () => {})
  child.stdin?.end(input)
  let said = ''
  const waiting = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      said += chunk
      for (const look of waiting) look()
    })
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'nothing'))
  })
  onTestFinished(async () => {
    // With all that it started.
    if (child.exitCode === null && child.signalCode === null && child.pid) process.kill(-child.pid, 'SIGKILL')
    await ended
  })
  return {
    child,
    output: () => said,
    ended,
    said: (words) =>
      new Promise((resolve, reject) => {
        const look = () => words.test(said) && resolve()
        waiting.add(look)
        look()
        void ended.then(() => reject(new Error(`ended without saying ${words}: ${said}`)))
      }),
  }
}
