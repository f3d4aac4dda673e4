// GET and POST /login, POST /logout, GET /api/session: the door's handle. A form that needs no script.
import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { SECOND_MS } from '#domain/interval.ts'
import { type Attempts, createAttempts } from './attempts.ts'
import { errorAnswer } from './error-answer.ts'
import { page } from './html.ts'
import { MOST_BODY_BYTES } from './limits.ts'
import { sameOriginOnly } from './same-origin.ts'
import type { Sessions } from './session.ts'
import { addressOf, isFromThisMachine } from './this-machine.ts'

export interface LoginDeps {
  /** Undefined: there is no password. */
  readonly sessions: Sessions | undefined
  readonly uptimeMs: () => number
}

export const LOGIN_PATHS = ['/login', '/logout']

export function serveLogin(app: Hono, { sessions, uptimeMs }: LoginDeps): void {
  const isNeeded = (c: Context) => sessions !== undefined && !isFromThisMachine(c) && !sessions.isIn(c)
  app.get('/api/session', (c) => c.json({ loginNeeded: isNeeded(c) }))
  if (!sessions) {
    app.get('/login', (c) => c.redirect('/', 303))
    return
  }
  const attempts = createAttempts(uptimeMs)
  const guards = [sameOriginOnly('application/x-www-form-urlencoded'), tooLong] as const
  app.get('/login', (c) => (isNeeded(c) ? askPage(c) : loggedInPage(c)))
  app.post('/login', ...guards, (c) => login(c, sessions, attempts))
  app.post('/logout', ...guards, (c) => {
    sessions.end(c)
    return c.redirect('/login', 303)
  })
}

const tooLong = bodyLimit({
  maxSize: MOST_BODY_BYTES,
  onError: (c) => errorAnswer(c, 413, 'too-long', 'That is more than a password.'),
})

async function login(c: Context, sessions: Sessions, attempts: Attempts): Promise<Response> {
  const waitMs = attempts.waitMs(addressOf(c))
  if (waitMs > 0) {
    const seconds = Math.ceil(waitMs / SECOND_MS)
    c.header('retry-after', String(seconds))
    return askPage(c, `Too many tries. Try again in ${seconds} seconds.`, 429)
  }
  const given = new URLSearchParams(await c.req.text()).get('password') ?? ''
  if (!sessions.isPassword(given.trim())) return askPage(c, 'That is not the password of this home.', 403)
  attempts.forgive(addressOf(c))
  sessions.begin(c)
  return c.redirect('/', 303)
}

/** The name field is for password managers, which file nothing without one. */
const askPage = (c: Context, trouble = '', status: 200 | 403 | 429 = 200): Response =>
  page(
    c,
    {
      title: 'Log in: Home Energy',
      body: `<h1>Home Energy</h1>
<p>This home has a password. It is asked for once on each device.</p>
<form method="post" action="/login">
<input class="unseen" name="name" value="household" autocomplete="username" tabindex="-1" aria-hidden="true" readonly>
<label for="password">Household password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" required autofocus${trouble && ' aria-describedby="trouble"'}>
${trouble && `<p id="trouble" class="trouble" role="alert">${trouble}</p>\n`}<button>Log in</button>
</form>`,
    },
    status,
  )

const loggedInPage = (c: Context): Response =>
  page(c, {
    title: 'Logged in: Home Energy',
    body: `<h1>Home Energy</h1>
<p>This device is logged in. <a href="/">Open the app</a></p>
<form method="post" action="/logout"><button>Log out</button></form>`,
  })
