// The time within a run. A Pi without a battery boots days behind and is set right some time later; every answer of
// Amber's says what time it is, and by that the run goes from then on.
import { MINUTE_MS } from '#domain/interval.ts'

export interface RunClock {
  now(): number
  /** Amber's time when the machine's clock said this. */
  at(machineMs: number): number
  /** By how much the machine's clock was off in the last answer; undefined: within what an answer can tell. */
  readonly offMs: number | undefined
  /** Amber has told the time in this run: what is said by it is true. */
  readonly isConfirmed: boolean
  /** `offMs` as an answer told it; undefined: it did not. */
  learn(offMs: number | undefined): void
}

/** No run is longer: a machine's clock that went on by more than that was set. */
const LONGEST_RUN_MS = 5 * MINUTE_MS

/**
 * `notBeforeMs`: the last instant that Amber told in an earlier run; it was no later then than it is now. By a clock that is
 * behind it time goes on from there, or the run would wait for ever.
 */
export function createRunClock(machine: () => number, notBeforeMs = 0): RunClock {
  let offMs: number | undefined
  let isConfirmed = false
  let knownMs = machine()
  const sinceKnown = (machineMs: number, leastMs: number) =>
    Math.min(Math.max(leastMs, machineMs - knownMs), LONGEST_RUN_MS)
  const at = (machineMs: number) =>
    isConfirmed
      ? knownMs + sinceKnown(machineMs, -LONGEST_RUN_MS) + (offMs ?? 0)
      : Math.max(machineMs, notBeforeMs + sinceKnown(machineMs, 0))
  return {
    now: () => at(machine()),
    at,
    get offMs() {
      return offMs
    },
    get isConfirmed() {
      return isConfirmed
    },
    learn: (told) => {
      if (told === undefined) return
      isConfirmed = true
      knownMs = machine()
      offMs = told === 0 ? undefined : told
    },
  }
}
