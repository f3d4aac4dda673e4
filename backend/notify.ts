// Tells systemd that the server is ready and, for as long as it does real work, that it is alive. Node has no sockets
// of the kind that systemd listens on, so systemd's own program carries each word.
import { execFile } from 'node:child_process'

export interface Notifier {
  /** The start is over: systemd counts the unit as started, and expects words of life from now on. */
  ready(status: string): void
  /** What follows is a stop and not a hang. */
  stopping(): void
  close(): void
}

export interface NotifyDeps {
  readonly env: Readonly<Record<string, string | undefined>>
  /** What being alive means. Done before each word of life, so that a hang in it is a hang of the server. */
  readonly work: () => void
  readonly log: (line: string) => void
}

/** A word lost, or late on a busy card, must not cost the server its life: three fit into systemd's patience. */
const WORDS_IN_PATIENCE = 3
const CARRIED_WITHIN_MS = 5000

/** Silent where systemd does not listen: in a terminal, in a test. */
export function createNotifier({ env, work, log }: NotifyDeps): Notifier {
  if (!env.NOTIFY_SOCKET) return { ready: () => {}, stopping: () => {}, close: () => {} }
  const patienceMs = Number(env.WATCHDOG_USEC ?? 0) / 1000
  let timer: NodeJS.Timeout | undefined
  const tell = (...words: string[]) => {
    execFile('systemd-notify', words, { timeout: CARRIED_WITHIN_MS }, (error) => {
      if (error) log(`serve: systemd was not told ${words.join(' ')}: ${error.message.trim()}`)
    })
  }
  const proveLife = () => {
    work()
    // After the event loop has gone round: what waits in it had its turn.
    setImmediate(() => tell('WATCHDOG=1'))
  }
  return {
    ready: (status) => {
      tell('--ready', `--status=${status}`)
      if (patienceMs > 0) timer = setInterval(proveLife, patienceMs / WORDS_IN_PATIENCE)
    },
    stopping: () => tell('STOPPING=1'),
    close: () => clearInterval(timer),
  }
}
