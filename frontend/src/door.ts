// Whether this device has to log in first, in a home with a password. What it holds already it goes on showing.
import { createSignal } from 'solid-js'
import { SECOND_MS } from '#domain/interval.ts'
import { ask } from './mirror/fetch.ts'

const WITHIN_MS = 8 * SECOND_MS

export function watchDoor(): { isShut: () => boolean } {
  const [isShut, setShut] = createSignal(false)
  const look = async () => {
    const loginNeeded = await askDoor()
    // Without an answer it stays as it was.
    if (loginNeeded !== undefined) setShut(loginNeeded)
  }
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && look())
  window.addEventListener('online', look)
  void look()
  return { isShut }
}

async function askDoor(): Promise<boolean | undefined> {
  try {
    const { text } = await ask('/api/session', {}, WITHIN_MS)
    return (JSON.parse(text) as { loginNeeded?: unknown }).loginNeeded === true
  } catch {
    return undefined
  }
}
