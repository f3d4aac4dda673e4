// The page that takes a person from a phone that knows nothing to an installed app. Readable without a script; the script
// only saves a look.
import type { Context } from 'hono'
import { escaped, page } from '../html.ts'
import { isEncrypted } from '../this-machine.ts'
import { type AddressDeps, homeName, httpsOrigins } from './home-address.ts'
import { installSteps, otherTrustSteps, PHONES, type Platform, tailscale, trustSteps } from './steps.ts'

export function setupPage(c: Context, deps: AddressDeps): Response {
  const platform = platformOf(c.req.header('user-agent') ?? '')
  if (isEncrypted(c)) return installPage(c, platform)
  const state = deps.https()
  const name = homeName(deps)
  if (!state) return missingPage(c, `http://${name}:${deps.httpPort()}`)
  const origins = httpsOrigins(deps, c)
  return page(c, {
    title: 'Put Home Energy on a phone',
    head: SCRIPT,
    body: `<h1>Put Home Energy on ${platform === 'other' ? 'a' : 'this'} phone</h1>
${platform === 'other' ? PICTURE : ''}<p>The app on your phone opens at once, keeps your prices, and goes on working when the Pi or the internet is off. A phone
allows that only over https, so it first has to know your Pi. That takes about three minutes, once.</p>
<h2>1. Let this phone know your Pi</h2>
<p><a class="button" href="/ca/home-energy.crt">Get the certificate</a></p>
${trustSteps(platform)}
${otherTrustSteps(platform)}
<details><summary>Is it the right certificate?</summary>
<p>It came over plain http, so compare before you trust it. Its SHA-256 fingerprint:</p>
<p class="fingerprint">${escaped(state.root.fingerprint256)}</p>
<p>On the Pi, <code>pi/https.sh --fingerprint</code> prints the same. The certificate can vouch only for
<b>${escaped(name)}</b> and for addresses inside a home, never for any other site.</p></details>
<h2>2. Check</h2>
<p id="check" data-origins="${escaped(origins.join(' '))}" role="status">Open <a href="${escaped(origins[0] ?? '')}/setup">${escaped(
      origins[0] ?? '',
    )}/setup</a>. If it opens without a warning, this phone knows your Pi, and that page goes on from there.</p>
<h2>3. Install</h2>
<p>After the check.</p>
${tailscale(name, deps.httpPort())}`,
  })
}

const PICTURE = `<p class="picture"><img src="/setup/qr.svg" alt="The address of this page as a QR code" width="160" height="160">
Look at this with the phone’s camera to open this page there. Or go on here, for this computer.</p>
`
const SCRIPT = '<script src="/setup/setup.js" defer></script>\n'

/** An iPad says that it is a Mac; the script knows better. */
function platformOf(userAgent: string): Platform {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios'
  return /Android/.test(userAgent) ? 'android' : 'other'
}

const installPage = (c: Context, platform: Platform): Response =>
  page(c, {
    title: 'Install Home Energy',
    head: `<link rel="manifest" href="/manifest.webmanifest">
<link rel="apple-touch-icon" href="/apple-touch-icon.png">
${SCRIPT}`,
    body: `<h1>This ${platform === 'other' ? 'device' : 'phone'} knows your Pi</h1>
<p>The connection is encrypted and trusted. Now the app can be kept here.</p>
<p id="install" hidden><button type="button">Install Home Energy</button></p>
<p id="installed" role="status"></p>
${installSteps(platform)}
<p><a class="button" href="/">Open the app</a></p>
<p>Do this once on each ${PHONES[platform]} of the household.</p>`,
  })

const missingPage = (c: Context, home: string): Response =>
  page(c, {
    title: 'Home Energy on a phone',
    body: `<h1>Home Energy on a phone</h1>
<p>The Pi has no certificate yet, so this phone can look at the prices but cannot keep the app. Without the Pi, or away from
home, it opens nothing.</p>
<h2>To change that, on the Pi</h2>
<pre>sudo pi/https.sh</pre>
<p>A moment later this page goes on with the next step. Until then: <a href="/">${escaped(home)}</a></p>`,
  })
