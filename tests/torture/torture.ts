// npm run torture -- [PART] [--seed N]: what is too long, or asks too much of a machine, to be run with every change.
// Each part prints a table and ends with 0 only if nothing was lost.
import process from 'node:process'

interface Part {
  readonly does: string
  /** Given what follows its name; the exit code. */
  readonly run: (args: readonly string[]) => Promise<number>
}

/** Loaded when they are asked for: a part may need what another machine does not have. */
const PARTS: Readonly<Record<string, Part>> = {
  power: {
    does: 'a virtual machine with the real units, cut off in the middle of work',
    run: async (args) => (await import('./power/power.ts')).run(args),
  },
}
/** The part that is meant when none is named. */
const DEFAULT = 'data'

const given = process.argv.slice(2)
const isNamed = given[0] !== undefined && !given[0].startsWith('--')
const part = PARTS[isNamed ? (given[0] as string) : DEFAULT]
if (!part || given.includes('--help')) {
  const lines = Object.entries(PARTS).map(([name, { does }]) => `  ${name.padEnd(8)}${does}`)
  console.error(['usage: npm run torture -- PART [--seed N]', ...lines].join('\n'))
  process.exit(given.includes('--help') ? 0 : 64)
}
process.exit(await part.run(isNamed ? given.slice(1) : given))
