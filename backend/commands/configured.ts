import { type Config, readConfig } from '../config.ts'
import type { Outside } from '../main.ts'

/** sysexits.h: what is wrong is in the settings or the machine, and starting again would not mend it. */
export const EXIT_CONFIG = 78

/** Says what is wrong with the settings, a line each; undefined when they cannot be used. */
export function configured({ env, root, log }: Outside): Config | undefined {
  const { config, problems, warnings } = readConfig(env, root)
  for (const warning of warnings) log(`settings: ${warning}`)
  for (const problem of problems) log(`settings: ${problem}`)
  return config
}
