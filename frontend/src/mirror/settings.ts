// The household's settings on this device: written here first, sent when the Pi can be reached, merged with everybody
// else's. A write is never lost by being made offline; of two writes of one setting the later stands, on every device.
import {
  mergedRecords,
  overruled,
  type SettingsRecord,
  withWritten,
} from '#domain/settings/settings-record.ts'
import { correctionMs } from './contact.ts'
import type { CopyState, CopyStore, KeptSettings } from './copy.ts'
import { MirrorTrouble } from './fetch.ts'
import type { SyncDeps } from './sync.ts'

/** Undefined goes back to the default. */
export type SettingChanges = Parameters<typeof withWritten>[1]

export const writeSettings = (
  store: CopyStore,
  changes: SettingChanges,
  newWriter: () => string,
  nowMs: number,
): Promise<void> =>
  store.write(async (copy) => {
    const state = await copy.state()
    const { writer = newWriter() } = state
    const { isRefused: _, ...settings } = state.settings ?? { record: {} }
    const record = withWritten(settings.record, changes, writer, nowMs + correctionMs(state))
    await copy.put({ state: { ...state, writer, settings: { ...settings, record, isPending: true } } })
  })

/** What its user has been told needs not be told again. */
export const settleSettings = (store: CopyStore): Promise<void> =>
  store.write(async (copy) => {
    const state = await copy.state()
    if (!state.settings) return
    const { overruled: _, isRefused: __, ...settings } = state.settings
    await copy.put({ state: { ...state, settings } })
  })

/** True: what stands here has changed. Without an answer it is sent with the next sync. */
export async function sendSettings({ store, source }: SyncDeps): Promise<boolean> {
  const { settings } = await store.state()
  if (!settings?.isPending) return false
  try {
    const answer = await source.writeSettings(settings.record)
    await store.write(async (copy) => {
      const state = await copy.state()
      await copy.put({ state: withSent(state, settings.record, answer) })
    })
    return true
  } catch (error) {
    if (!(error instanceof MirrorTrouble)) throw error
    if (!isRefusal(error)) return false
    await store.write(async (copy) => copy.put({ state: withRefused(await copy.state()) }))
    return true
  }
}

/** What the mirror brought. */
export const withHeard = (
  state: CopyState,
  heard: { version: string; record: SettingsRecord } | undefined,
): CopyState =>
  heard ? { ...state, settings: { ...merged(state, heard.record), version: heard.version } } : state

function withSent(state: CopyState, sent: SettingsRecord, answer: SettingsRecord): CopyState {
  const settings = merged(state, answer)
  // Something was written while this was on its way.
  if (JSON.stringify(state.settings?.record) !== JSON.stringify(sent)) return { ...state, settings }
  const { isPending: _, ...settled } = settings
  return { ...state, settings: settled }
}

function merged({ settings, writer }: CopyState, record: SettingsRecord): KeptSettings {
  const { overruled: told = [], ...kept } = settings ?? { record: {} }
  const both = mergedRecords(kept.record, record)
  const lost = writer ? overruled(kept.record, both, writer) : []
  const names = [...new Set([...told, ...lost])]
  return { ...kept, record: both, ...(names.length > 0 && { overruled: names }) }
}

/** What the Pi will not have is given up, and what it has is asked for whole: nothing here shows what holds nowhere. */
function withRefused({ settings: _, cursor, ...state }: CopyState): CopyState {
  const { etag: __, ...rest } = cursor ?? {}
  return {
    ...state,
    ...(cursor && { cursor: rest as typeof cursor }),
    settings: { record: {}, isRefused: true },
  }
}

const isRefusal = ({ status }: MirrorTrouble): boolean => status === 400 || status === 413
