// What the settings file and the environment say together: the environment is the owner's last word on this machine.
import { mergedRecords, type SettingsRecord, settingsOf } from '#domain/settings/settings-record.ts'
import { createSettingsFile, type SettingsFile, settingsFilePath } from '../store/settings-file.ts'
import type { HomeSettings } from './home.ts'

/** A server without a folder of its own remembers settings until it ends. */
export const householdFile = (sqlitePath: string | undefined): SettingsFile =>
  sqlitePath === undefined ? inMemory() : createSettingsFile(settingsFilePath(sqlitePath))

/** Read anew each time: a household changes its mind while the server runs. */
export const settingsInForce = (given: HomeSettings, household: SettingsFile): HomeSettings => ({
  get siteId() {
    return given.siteId
  },
  get chosenSiteId() {
    return settingsOf(household.read()).siteId
  },
  get timeZone() {
    return given.timeZone ?? settingsOf(household.read()).timeZone
  },
})

function inMemory(): SettingsFile {
  let record: SettingsRecord = {}
  return {
    read: () => record,
    merge: (written) => {
      record = mergedRecords(record, written)
      return record
    },
    version: () => JSON.stringify(record),
  }
}
