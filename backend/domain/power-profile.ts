// How the power of a run goes up and down: a dishwasher heats early and late, and most of its cost lies there.

export interface PowerStep {
  readonly minutes: number
  /** Only how the steps compare counts: the energy of a run is the appliance's. */
  readonly kw: number
}

/** A stretch of a run, from its start: `weight` is its power against the run's average. */
export interface LoadPiece {
  readonly fromMs: number
  readonly toMs: number
  readonly weight: number
}

/** The profile stretched to the duration; an even load without one, and of one without energy or time. */
export function loadPieces(profile: readonly PowerStep[] | undefined, durationMs: number): LoadPiece[] {
  const minutes = profile?.reduce((sum, step) => sum + step.minutes, 0) ?? 0
  const energy = profile?.reduce((sum, step) => sum + step.minutes * step.kw, 0) ?? 0
  if (!profile || !(minutes > 0) || !(energy > 0)) return [{ fromMs: 0, toMs: durationMs, weight: 1 }]
  let passed = 0
  return profile.map((step) => {
    const fromMs = (passed / minutes) * durationMs
    passed += step.minutes
    return { fromMs, toMs: (passed / minutes) * durationMs, weight: (step.kw * minutes) / energy }
  })
}
