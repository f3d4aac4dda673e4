// The wiring of pi/update.sh, which holds the lock while this runs.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { rollBack, settle, type Update, update } from './update/flow.ts'
import { findPlace } from './update/place.ts'
import { EXIT, Stop } from './update/stop.ts'
import { openTrial } from './update/trial.ts'

process.exit(await main())

async function main(): Promise<number> {
  const asked = readArguments()
  if (!asked) return EXIT.usage
  const given: Update = {
    place: findPlace(join(import.meta.dirname, '..'), process.env, {
      settings: asked.run === settle ? 'handed on' : 'file',
    }),
    waitMs: asked.waitMs,
    step: (words) => console.log(`update: ${words}`),
  }
  noInterruptionInTrial(given)
  try {
    return await asked.run(given)
  } catch (error) {
    console.error(`update: stopped: ${error instanceof Stop ? error.message : (error as Error).stack}`)
    return openTrial(given.place.releases) ? EXIT.oldIsSick : EXIT.oldServes
  }
}

interface Asked {
  readonly run: (given: Update) => Promise<number>
  readonly waitMs: number
}

/** Undefined where they cannot be understood, which was said. */
function readArguments(): Asked | undefined {
  try {
    const { values } = parseArgs({
      options: {
        rollback: { type: 'boolean' },
        settle: { type: 'boolean' },
        wait: { type: 'string', default: '60' },
      },
    })
    if (!/^\d{1,4}$/.test(values.wait)) throw new Error(`--wait ${values.wait} is no number of seconds`)
    const run = values.settle ? settle : values.rollback ? rollBack : update
    return { run, waitMs: Number(values.wait) * 1000 }
  } catch (error) {
    console.error(`update: ${(error as Error).message} (pi/update.sh --help)`)
    return undefined
  }
}

/** A closed terminal or Ctrl-C ends the update where that is harmless, and waits for the end of a trial where it is not. */
function noInterruptionInTrial({ place, step }: Update): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (openTrial(place.releases))
        return step('note: this ends in a moment, when it is known which version stays')
      console.error('update: stopped: interrupted')
      process.exit(EXIT.oldServes)
    })
  // The terminal may be gone; the update goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}
