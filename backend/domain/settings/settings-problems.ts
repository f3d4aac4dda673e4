// What is wrong with a setting, said to the one who typed it. Apart from the readers: the first screen reads settings, and
// refuses none.
import { SETTING_READERS, type SettingName } from './settings-fields.ts'

/** "a day of the month, 1 to 31" */
export const ACCEPTED: Readonly<Record<SettingName, string>> = {
  siteId: 'a site of the account',
  timeZone: 'a time zone such as Australia/Sydney',
  billingDay: 'a day of the month, 1 to 31',
  charges: 'supply in cents a day, a subscription, demand, each set from another date on',
  plans: 'up to 20 plans, each with rates and supply',
  bills: 'bills with a first day, a last day and a total',
  appliances: 'up to 20 appliances of different names, each with kWh and minutes',
  readyByMinute: 'a time of day',
  thresholds: 'four prices in cents, each above the one before; a fifth for a spike',
  colours: 'safe or amber',
  forecast: 'amber or aemo',
  calibratedBand: 'yes or no',
  ovenKw: 'kW above 0',
}

/** What of these values would not be understood, and what is: "billingDay: a day of the month, 1 to 31". */
export const settingProblems = (changes: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(changes).flatMap(([name, value]) => {
    if (!isSetting(name)) return [`${name}: no such setting`]
    const isFine = value === undefined || value === null || SETTING_READERS[name](value) !== undefined
    return isFine ? [] : [`${name}: ${ACCEPTED[name]}`]
  })

const isSetting = (name: string): name is SettingName => Object.hasOwn(SETTING_READERS, name)
