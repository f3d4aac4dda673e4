// What this device says of itself: the one place beside the wiring that looks at the browser for it.
import type { CopyReport } from '../state.ts'
import type { DeviceState } from './report.ts'

declare const APP_VERSION: string

export const deviceState = (copy: CopyReport | undefined): DeviceState => ({
  version: APP_VERSION,
  isHttps: location.protocol === 'https:',
  isSecure: isSecureContext,
  isInstalled: matchMedia('(display-mode: standalone), (display-mode: fullscreen)').matches,
  isKept: 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null,
  copy,
})
