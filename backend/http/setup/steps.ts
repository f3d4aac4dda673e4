// What to press where. The words are those of iOS 18 to 26 and Android 13 to 16; they move about, so each step names the
// place before the button.
import { escaped } from '../html.ts'

export type Platform = 'ios' | 'android' | 'other'

export const PHONES: Readonly<Record<Platform, string>> = {
  ios: 'iPhone or iPad',
  android: 'phone',
  other: 'device',
}

const TRUST: Readonly<Record<Platform, { title: string; steps: readonly string[] }>> = {
  ios: {
    title: 'iPhone or iPad',
    steps: [
      'Be in <b>Safari</b>. Tap “Get the certificate” and allow the download.',
      'Open <b>Settings</b>: “Profile Downloaded” is near the top, else General, VPN &amp; Device Management. Tap the Home Energy profile, then <b>Install</b>, until it is done.',
      'The step people miss: Settings, General, About, <b>Certificate Trust Settings</b>, at the very end. Switch Home Energy <b>on</b>.',
      'Come back to this page.',
    ],
  },
  android: {
    title: 'Android',
    steps: [
      'Tap “Get the certificate”. If Android says that it must be installed in Settings, that is the next step.',
      'Open <b>Settings</b> and search for <b>CA certificate</b>. (It is under Security, More security settings, Encryption &amp; credentials, Install a certificate.)',
      'Choose CA certificate, <b>Install anyway</b>, and pick <b>home-energy.crt</b> among the downloads. A phone without a screen lock asks for one.',
      'Come back to this page in <b>Chrome</b>. Android may say that the network could be watched: it says so of every certificate.',
    ],
  },
  other: {
    title: 'A computer',
    steps: [
      'Mac: open the file, add it to the System keychain, and set it to Always Trust.',
      'Windows: open the file, Install Certificate, Local Machine, Trusted Root Certification Authorities.',
      'Linux: in Chrome’s settings search for Manage certificates, Installed by you, and import it as trusted.',
      'Firefox has a list of its own: Settings, Privacy &amp; Security, View Certificates, Authorities, Import.',
    ],
  },
}

export const trustSteps = (platform: Platform): string => steps(TRUST[platform].steps)

/** Those of all the others, folded away. */
export const otherTrustSteps = (platform: Platform): string =>
  (['ios', 'android', 'other'] as const)
    .filter((each) => each !== platform)
    .map((each) => {
      const { title, steps: list } = TRUST[each]
      return `<details data-platform="${each}"><summary>${title}</summary>\n${steps(list)}</details>`
    })
    .join('\n')

export function installSteps(platform: Platform): string {
  if (platform === 'ios')
    return steps([
      'Tap “Open the app” below, still in Safari.',
      'Tap <b>Share</b> (the square with the arrow), then <b>Add to Home Screen</b>.',
      'Open it from the home screen once while you are at home: it then fetches its own copy.',
    ])
  if (platform === 'android')
    return steps([
      'Tap Install above, or in Chrome’s menu <b>Add to Home screen</b>, <b>Install</b>. The phone needs the internet for this one step: Google builds the icon.',
      'Open it from the home screen once while you are at home: it then fetches its own copy.',
    ])
  return steps(['Press Install above, or the install symbol in the address bar.', 'Open the app once.'])
}

export const tailscale = (name: string, port: number): string =>
  `<details><summary>Another way: Tailscale</summary>
<p>With Tailscale on the Pi and on the phone no certificate is needed, and the app also works away from home. Switch on MagicDNS
and HTTPS certificates in Tailscale’s admin console, run <code>tailscale serve --bg ${port}</code> on the Pi, and add the
name it prints to <code>ALLOWED_HOSTS</code>. The name of the Pi then appears in public certificate logs, and the phone needs
Tailscale running. Use either that address or ${escaped(name)} on one phone: to a phone they are two apps.</p></details>`

const steps = (list: readonly string[]): string =>
  `<ol>\n${list.map((step) => `<li>${step}</li>`).join('\n')}\n</ol>`
