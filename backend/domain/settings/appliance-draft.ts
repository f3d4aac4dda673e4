// An appliance as it is typed in: what it takes and how long, evenly or in steps of power.
import type { Appliance } from '../advice.ts'
import type { PowerStep } from '../power-profile.ts'
import {
  type Drafted,
  entry,
  hoursTyped,
  mapped,
  numberTyped,
  optionalEntry,
  timeTyped,
  typedHours,
  typedText,
  typedTime,
  under,
  unless,
  whole,
  wholeList,
} from './drafted.ts'
import { blockMinutes, kwh, minuteOfDay, name30, runMinutes, stepKw, stepMinutes } from './settings-fields.ts'

export interface StepDraft {
  readonly minutes: string
  readonly kw: string
}

export interface ApplianceDraft {
  readonly name: string
  /** Evenly: its energy and how long; in steps: the minutes and the power of each. */
  readonly load: 'even' | 'steps'
  readonly kwh: string
  readonly hours: string
  readonly steps: readonly StepDraft[]
  readonly mayPause: boolean
  readonly blockMinutes: string
  /** Empty: as all others. */
  readonly readyBy: string
  /** Kept as they are: the app's own words for the appliances that it begins with. */
  readonly words: Pick<Appliance, 'caption' | 'runNow'>
  readonly wasNamed: string
}

export const NEW_APPLIANCE: ApplianceDraft = {
  name: '',
  load: 'even',
  kwh: '',
  hours: '',
  steps: [],
  mayPause: false,
  blockMinutes: '30',
  readyBy: '',
  words: {},
  wasNamed: '',
}

export const applianceDraft = (appliance: Appliance): ApplianceDraft => ({
  name: appliance.name,
  load: appliance.profile ? 'steps' : 'even',
  kwh: typedText(appliance.kwh),
  hours: typedHours(appliance.durationMinutes),
  steps: stepDrafts(appliance),
  mayPause: appliance.blockMinutes !== undefined,
  blockMinutes: typedText(appliance.blockMinutes ?? 30),
  readyBy: typedTime(appliance.readyByMinute),
  words: {
    ...(appliance.caption !== undefined && { caption: appliance.caption }),
    ...(appliance.runNow !== undefined && { runNow: appliance.runNow }),
  },
  wasNamed: appliance.name,
})

/** A profile says only how its steps compare: it is shown as it is meant, with the energy and the time of the run. */
function stepDrafts({ profile = [], kwh, durationMinutes }: Appliance): StepDraft[] {
  const minutes = profile.reduce((sum, step) => sum + step.minutes, 0)
  const energy = profile.reduce((sum, step) => sum + (step.minutes * step.kw) / 60, 0)
  const [longer, more] = [durationMinutes / minutes, (kwh / energy) * (minutes / durationMinutes)]
  return profile.map((step) => ({
    minutes: typedText(Math.max(1, Math.round(step.minutes * longer))),
    kw: typedText(Number((step.kw * more).toFixed(3))),
  }))
}

export function applianceOf(draft: ApplianceDraft): Drafted<Appliance> {
  const named = whole({
    name: entry(name30, draft.name, 'a name of at most 30 letters'),
    readyByMinute: optionalEntry(timeTyped(minuteOfDay), draft.readyBy, 'a time of day'),
  })
  const load = draft.load === 'even' ? evenLoad(draft) : steppedLoad(draft)
  const problems = { ...named.problems, ...load.problems }
  if (!named.value || !load.value) return { value: undefined, problems }
  const { name, readyByMinute } = named.value
  const isRenamed = name !== draft.wasNamed
  return {
    value: {
      name,
      ...load.value,
      ...(readyByMinute !== undefined && { readyByMinute }),
      ...(!isRenamed && draft.words),
    },
    problems,
  }
}

export const appliancesOf = (drafts: readonly ApplianceDraft[]): Drafted<readonly Appliance[]> => {
  const all = wholeList(drafts.map(applianceOf))
  const names = drafts.map(({ name }) => name.trim())
  const twice = names.findIndex((name, index) => names.indexOf(name) < index)
  return unless(all, twice < 0, `${twice}.name`, 'Needs another name: this one is taken.')
}

type Load = Pick<Appliance, 'kwh' | 'durationMinutes' | 'profile' | 'blockMinutes'>

const evenLoad = (draft: ApplianceDraft): Drafted<Load> =>
  mapped(
    whole({
      kwh: entry(numberTyped(kwh), draft.kwh, 'kWh above 0, at most 500'),
      durationMinutes: entry(hoursTyped(runMinutes), draft.hours, 'hours, such as 1:30 or 2, at most 24'),
      blockMinutes: draft.mayPause
        ? entry(numberTyped(blockMinutes), draft.blockMinutes, 'whole minutes, 5 to 240')
        : { value: undefined },
    }),
    ({ kwh, durationMinutes, blockMinutes }) => ({
      kwh,
      durationMinutes,
      ...(blockMinutes !== undefined && { blockMinutes }),
    }),
  )

function steppedLoad({ steps }: ApplianceDraft): Drafted<Load> {
  const read = wholeList(steps.map(stepOf))
  if (!read.value) return { value: undefined, problems: under({ steps: read.problems }) }
  const profile = read.value
  const { kwh: energy, minutes } = stepTotals(profile)
  const total = whole({
    steps: entry(
      (value) => (kwh(value) !== undefined && runMinutes(minutes) !== undefined ? energy : undefined),
      energy,
      'steps of 5 minutes to 24 hours in all, and some power',
    ),
  })
  return mapped(total, () => ({ kwh: energy, durationMinutes: minutes, profile }))
}

const stepOf = ({ minutes, kw }: StepDraft): Drafted<PowerStep> =>
  whole({
    minutes: entry(numberTyped(stepMinutes), minutes, 'whole minutes'),
    kw: entry(numberTyped(stepKw), kw, 'kW, at most 50'),
  })

export const stepTotals = (steps: readonly PowerStep[]): { kwh: number; minutes: number } => ({
  kwh: Number(steps.reduce((sum, { minutes, kw }) => sum + (minutes * kw) / 60, 0).toFixed(3)),
  minutes: steps.reduce((sum, { minutes }) => sum + minutes, 0),
})

/** Undefined while a step cannot be read. */
export function draftTotals(steps: readonly StepDraft[]): { kwh: number; minutes: number } | undefined {
  const { value } = wholeList(steps.map(stepOf))
  return value && value.length > 0 ? stepTotals(value) : undefined
}
