// With a household password, who has not logged in reads nothing about the household. The program itself holds no secret,
// and an installed app and the browser that installs it must always get it; the kitchen screen has nobody to log in.
import type { Context, Hono } from 'hono'
import { errorAnswer } from './error-answer.ts'
import type { Sessions } from './session.ts'
import { isFromThisMachine } from './this-machine.ts'

/** Guards what is routed after it. Without a password there is no door. */
export function hangDoor(app: Hono, sessions: Sessions | undefined): void {
  if (!sessions) return
  const isWelcome = (c: Context) => isFromThisMachine(c) || sessions.isIn(c)
  app.use('/api/*', async (c, next) => {
    if (isWelcome(c)) return next()
    return errorAnswer(c, 401, 'login-needed', 'This home has a password. Log in at /login.')
  })
  app.get('*', async (c, next) => {
    // Only a page that somebody opens: what a service worker keeps as the app must be the app.
    const isOpened = c.req.header('accept')?.includes('text/html')
    return isOpened && !isWelcome(c) ? c.redirect('/login', 303) : next()
  })
}
