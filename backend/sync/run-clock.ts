// The time within a run. A Pi without a battery boots days behind and is set right some time later, often while a run goes
// on; every answer of Amber's says what time it is, and by that the run goes from then on.
import { MINUTE_MS } from '#domain/interval.ts'

export interface RunClock {
  now(): number
  /** When the run began, by what is known now. */
  startedAt(): number
  /** By how much the machine's clock was off in the last answer; undefined: within what an answer can tell. */
  readonly offMs: number | undefined
  /** Amber has told the time in this run: what is said by it is true. */
  readonly isConfirmed: boolean
  /** `offMs` as an answer told it; undefined: it did not. */
  learn(offMs: number | undefined): void
}

/** No run is longer: a machine's clock that went on by more than that, or back, was set. */
const LONGEST_RUN_MS = 5 * MINUTE_MS

/**
 * `notBeforeMs`: the last instant that Amber told in an earlier run; it was no later then than it is now. By a clock that is
 * behind it time goes on from there, or the run would wait for ever.
 */
export function createRunClock(machine: () => number, notBeforeMs = 0): RunClock {
  let offMs: number | undefined
  /** When the run began, by Amber's clock. */
  let confirmedStartMs: number | undefined
  const startedMs = machine()
  let seenMs = startedMs
  let passedMs = 0
  const look = (): number => {
    const machineMs = machine()
    const stepMs = machineMs - seenMs
    if (stepMs > 0 && stepMs <= LONGEST_RUN_MS) passedMs += stepMs
    seenMs = machineMs
    return machineMs
  }
  return {
    now: () => {
      const machineMs = look()
      if (confirmedStartMs !== undefined) return confirmedStartMs + passedMs
      return Math.max(machineMs, notBeforeMs + passedMs)
    },
    startedAt: () => confirmedStartMs ?? Math.max(startedMs, notBeforeMs),
    get offMs() {
      return offMs
    },
    get isConfirmed() {
      return confirmedStartMs !== undefined
    },
    learn: (told) => {
      if (told === undefined) return
      confirmedStartMs = look() + told - passedMs
      offMs = told === 0 ? undefined : told
    },
  }
}
