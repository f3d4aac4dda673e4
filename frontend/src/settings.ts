// The household's settings as screens read and write them.
import { createMemo } from 'solid-js'
import { settingsOf } from '#domain/settings/settings-record.ts'
import type { KeptSettings } from './mirror/copy.ts'
import type { DeviceMirror } from './mirror/device-mirror.ts'
import type { HouseholdSettings } from './state.ts'

export function createSettings(
  kept: () => KeptSettings | undefined,
  mirror: DeviceMirror,
): HouseholdSettings {
  // Every answer of the Pi brings a new object; only another record is news to the screens.
  const record = createMemo(() => JSON.stringify(kept()?.record ?? {}))
  const current = createMemo(() => settingsOf(JSON.parse(record())))
  return {
    current,
    state: () => (kept()?.isRefused ? 'refused' : kept()?.isPending ? 'unsent' : 'sent'),
    overruled: () => kept()?.overruled ?? [],
    write: async (changes) => {
      await mirror.writeSettings(changes)
      await mirror.sync()
    },
    settle: mirror.settleSettings,
  }
}
