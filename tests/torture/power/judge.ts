// What was told to the house, and what a cut has left of it.

/** A fact under its key, with the revision at which it last changed. */
export interface Fact {
  readonly value: number
  readonly revision: number
}

/** What the house had been told, up to the moment of the cut. */
export interface Told {
  /** The database's name; undefined: nothing was told yet. */
  readonly epoch?: string
  readonly revision: number
  /** Starts of the refreshes that were told of as ended, epoch seconds. */
  readonly runs: ReadonlySet<number>
  readonly facts: ReadonlyMap<string, Fact>
  /** Settings whose writing was answered: name → revision. */
  readonly settings: ReadonlyMap<string, number>
}

/** What is on the disk. */
export interface Found {
  /** "whole", "absent", or what is wrong. */
  readonly database: string
  /** Databases that were set aside. */
  readonly aside: readonly string[]
  readonly epoch?: string
  readonly revision: number
  readonly runs: ReadonlySet<number>
  readonly facts: ReadonlyMap<string, Fact>
  readonly settings: ReadonlyMap<string, number>
}

export interface Losses {
  readonly runs: number
  readonly facts: number
  readonly settings: number
  /** What must not be, a sentence each. */
  readonly verdicts: readonly string[]
}

/** At most this many refreshes may be lost with one cut. */
const RUNS_ALLOWED = 1

export function judge(told: Told, found: Found): Losses {
  const runs = [...told.runs].filter((run) => !found.runs.has(run)).length
  const facts = [...told.facts].filter(([key, fact]) => isLost(fact, told, found.facts.get(key))).length
  const settings = [...told.settings].filter(
    ([name, revision]) => (found.settings.get(name) ?? 0) < revision,
  ).length
  const isGone = found.database === 'absent' && told.epoch !== undefined
  const isAnother = told.epoch !== undefined && found.epoch !== undefined && found.epoch !== told.epoch
  const verdicts = [
    ...(found.database === 'whole' || found.database === 'absent'
      ? []
      : [`the database is damaged: ${found.database}`]),
    ...(isGone ? ['the database is gone'] : []),
    ...(isAnother ? ['it is another database than the one that was told of'] : []),
    ...(runs > RUNS_ALLOWED ? [`${runs} refreshes that were told of are lost`] : []),
    ...(facts > 0 && runs === 0 ? [`${facts} facts are lost of refreshes that are not`] : []),
    ...(found.revision < told.revision && runs === 0
      ? [`the database is at revision ${found.revision}; ${told.revision} had been told`]
      : []),
    ...(settings > 0 ? [`${settings} settings are lost whose writing was answered`] : []),
  ]
  return { runs, facts, settings, verdicts }
}

/** A later refresh may have changed it, but nothing takes it away. */
function isLost(fact: Fact, told: Told, found: Fact | undefined): boolean {
  if (!found) return true
  return found.value !== fact.value && found.revision <= told.revision
}
