// On /setup. Without it the page says the same in links.
const check = document.getElementById('check')
if (check) watchCheck(check)
const install = document.getElementById('install')
if (install) offerInstall(install)

// An iPad calls itself a Mac.
if (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)
  for (const steps of document.querySelectorAll('details[data-platform="ios"]')) steps.open = true

/** Looks whenever the person comes back from the phone's settings, and when asked. */
function watchCheck(place) {
  const origins = (place.dataset.origins || '').split(' ').filter(Boolean)
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = 'Check'
  place.after(button)
  let isDone = false
  const look = async (isAsked) => {
    if (isDone) return
    button.disabled = true
    const origin = await firstThatWorks(origins)
    button.disabled = false
    if (origin) {
      isDone = true
      button.remove()
      place.textContent = 'It works: this phone knows your Pi. '
      place.append(link(`${origin}/setup`, 'Go on and install'))
    } else if (isAsked) {
      place.textContent =
        'Not yet. Either a step above is missing (on an iPhone, mostly the switch in Certificate Trust Settings), or the ' +
        'phone is not on your home’s Wi-Fi. To see what it says itself: '
      place.append(link(`${origins[0]}/setup`, `${origins[0]}/setup`))
    }
  }
  button.addEventListener('click', () => look(true))
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && look(false))
  look(false)
}

/** No answer is read, only whether there is one: that needs no permission of the other origin. */
async function firstThatWorks(origins) {
  for (const origin of origins) {
    const tooLong = new AbortController()
    const timer = setTimeout(() => tooLong.abort(), 6000)
    try {
      await fetch(`${origin}/setup/works`, { mode: 'no-cors', cache: 'no-store', signal: tooLong.signal })
      return origin
    } catch {
      // Not trusted, or not found under this name: the next one.
    } finally {
      clearTimeout(timer)
    }
  }
  return undefined
}

function link(href, text) {
  const a = document.createElement('a')
  a.href = href
  a.textContent = text
  return a
}

/** Where the browser offers to install, a button; elsewhere the steps on the page. */
function offerInstall(place) {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    place.hidden = false
    place.querySelector('button').onclick = () => event.prompt()
  })
  window.addEventListener('appinstalled', () => {
    place.hidden = true
    document.getElementById('installed').textContent = 'Installed. Open it from the home screen.'
  })
}
