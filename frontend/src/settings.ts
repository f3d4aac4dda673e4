// The household's settings as screens read and write them.
import { createMemo } from 'solid-js'
import { settingsOf } from '#domain/settings/settings-record.ts'
import type { CopyState } from './mirror/copy.ts'
import type { DeviceMirror } from './mirror/device-mirror.ts'
import type { AppState, HouseholdSettings } from './state.ts'

/** Settings are the account's; with one site nobody asks. */
export const hasSites = (state: Pick<AppState, 'sites' | 'another'>): boolean =>
  state.another() !== undefined || (state.sites()?.length ?? 0) > 1

export function createSettings(state: () => CopyState | undefined, mirror: DeviceMirror): HouseholdSettings {
  const kept = () => state()?.settings
  // Every answer of the Pi brings a new object; only another record is news to the screens.
  const text = createMemo(() => JSON.stringify(kept()?.record ?? {}))
  const record = createMemo(() => JSON.parse(text()))
  const current = createMemo(() => settingsOf(record()))
  return {
    current,
    record,
    writer: () => state()?.writer,
    state: () => (kept()?.isRefused ? 'refused' : kept()?.isPending ? 'unsent' : 'sent'),
    overruled: () => kept()?.overruled ?? [],
    write: async (changes) => {
      await mirror.writeSettings(changes)
      await mirror.sync()
    },
    settle: mirror.settleSettings,
  }
}
