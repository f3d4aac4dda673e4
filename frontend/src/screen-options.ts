// What the address of one screen sets for it, before what the household has set for all. Not understood is not set.
import type { Appliance } from '#domain/advice.ts'
import type { NowViewOptions } from '#domain/now-view.ts'
import type { Settings } from '#domain/settings/settings.ts'
import { SETTING_READERS } from '#domain/settings/settings-fields.ts'

type Query = (name: string) => string | undefined

export function screenOptions(
  query: Query,
  { appliances: known }: Pick<Settings, 'appliances'>,
): NowViewOptions {
  const thresholds = SETTING_READERS.thresholds(numbersOf(query('thresholds')))
  const appliances = appliancesOf(query('appliances'), known)
  return { ...(thresholds && { thresholds }), ...(appliances && { appliances }) }
}

const numbersOf = (text = ''): number[] =>
  text.split(',').map((one) => (one === '' ? Number.NaN : Number(one)))

/** "EV,Dishwasher", and "Heater:2:60" for one that the household has not set up: the named ones first, then the others. */
function appliancesOf(text = '', known: readonly Appliance[]): readonly Appliance[] | undefined {
  const named = text.split(',').flatMap((one) => applianceOf(one.trim(), known) ?? [])
  if (named.length === 0) return undefined
  const others = known.filter(({ name }) => !named.some((one) => one.name === name))
  return SETTING_READERS.appliances([...named, ...others])
}

function applianceOf(text: string, known: readonly Appliance[]): Appliance | undefined {
  const [name = '', kwh, minutes] = text.split(':')
  if (kwh === undefined) return known.find((one) => one.name.toLowerCase() === name.toLowerCase())
  const [appliance] =
    SETTING_READERS.appliances([{ name, kwh: Number(kwh), durationMinutes: Number(minutes) }]) ?? []
  return appliance
}
