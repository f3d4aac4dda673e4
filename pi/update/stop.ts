// How an update ends, as its exit code tells a script.
export const EXIT = {
  done: 0,
  /** Nothing changed, or it was changed back: the old version serves. */
  oldServes: 1,
  /** The old version is back in its place and does not answer either. */
  oldIsSick: 2,
  usage: 64,
} as const

/** Ends the update before anything was switched. The message says why and what to do. */
export class Stop extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'Stop'
  }
}
