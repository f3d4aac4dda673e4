// Where each screen of the app lives. A link to any of them is answered with the same page, by the server and, without
// it, by the service worker.
export const SCREEN_PATHS = {
  now: '/',
  plan: '/plan',
  usage: '/usage',
  worth: '/worth',
  score: '/score',
  status: '/status',
  settings: '/settings',
} as const

export type ScreenName = keyof typeof SCREEN_PATHS

/** Undefined: no screen of this app lives there. */
export const screenAt = (path: string): ScreenName | undefined =>
  (Object.keys(SCREEN_PATHS) as ScreenName[]).find((name) => SCREEN_PATHS[name] === path)
