// npm run torture -- [PART] [--seed N] [--only WORDS]: what is too long, or asks too much of a machine, to be run with every change.
// Each part prints a table and ends with 0 only if nothing was lost.
import process from 'node:process'

interface Part {
  readonly does: string
  /** Given what follows its name; the exit code. */
  readonly run: (args: readonly string[]) => Promise<number>
}

const TRIAL_PARTS = ['faults', 'kills', 'statements', 'answers'] as const

/** Loaded when they are asked for: a part may need what another machine does not have. */
const dataPart = (name: (typeof TRIAL_PARTS)[number], does: string): Part => ({
  does,
  run: async (args) => (await import('./trials.ts')).runTrials([name], args),
})

const PARTS: Readonly<Record<string, Part>> = {
  faults: dataPart('faults', 'every fault of Amber’s, of the way there and of the clock, a week each'),
  kills: dataPart('kills', 'kill -9 of a sync at 200 moments'),
  statements: dataPart('statements', 'each SQL statement and each file call of a sync fails once'),
  answers: dataPart('answers', '2,000 answers cut, retyped, duplicated, reordered, made huge'),
  cuts: {
    does: 'the real units under a real systemd, cut off fifty times in a refresh, a start, an update',
    run: async (args) => (await import('./appliance.ts')).runCuts(args),
  },
  trixie: {
    does: 'the real units under the systemd of Debian 13: install, crash, hang, update, uninstall',
    run: async () => (await import('./appliance.ts')).runTrixie(),
  },
  power: {
    does: 'a virtual machine with the real units, cut off in the middle of work',
    run: async (args) => (await import('./power/power.ts')).run(args),
  },
}
/** The parts that are meant when none is named: those that every machine can run. */
const DATA: Part = {
  does: '',
  run: async (args) => (await import('./trials.ts')).runTrials(TRIAL_PARTS, args),
}

const given = process.argv.slice(2)
const isNamed = given[0] !== undefined && !given[0].startsWith('--')
const part = isNamed ? PARTS[given[0] as string] : DATA
if (!part || given.includes('--help')) {
  const lines = Object.entries(PARTS).map(([name, { does }]) => `  ${name.padEnd(12)}${does}`)
  console.error(['usage: npm run torture -- [PART] [--seed N] [--only WORDS]', ...lines].join('\n'))
  process.exit(given.includes('--help') ? 0 : 64)
}
process.exit(await part.run(isNamed ? given.slice(1) : given))
