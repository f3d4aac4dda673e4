// Draws every screen in every state, size and theme from the running app, and a sheet to look them over:
// npm run screenshots [-- WORD…]: only the pictures whose names hold each word, such as "now", "spike", "480x800", "night";
// of "plan,usage" one of them. Each is judged as it is drawn, for what a picture may hide (cut off, too small to press, no
// word for a person), and anything found makes the exit code 1.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { SCREEN_PATHS } from '../../backend/domain/screen-paths.ts'
import { buildFrontEnd } from '../../backend/front-end-build.ts'
import { DEMO_SITE, type SimulatedSite } from '../../backend/simulator/sites.ts'
import { launchBrowser } from '../browser.ts'
import { type Home, openHome, visit } from './home.ts'
import { ENTERED, liveIn, longCustomer, usageFaults } from './lived-in.ts'
import { NOW, type PictureState, STATES } from './picture-states.ts'
import { NO_WORDS, openScreenAt, overflowFaults, SCREENS, settled, smallTargets } from './screen-list.ts'

const ROOT = join(import.meta.dirname, '../..')
const FOLDER = join(ROOT, 'var/screenshots')
const THUMB_PX = 240
const SIZES = [
  { name: '390x844', width: 390, height: 844, query: '' },
  { name: '800x480', width: 800, height: 480, query: '?view=kitchen' },
  { name: '1280x720', width: 1280, height: 720, query: '?view=kitchen' },
  { name: '1920x1080', width: 1920, height: 1080, query: '?view=kitchen' },
  { name: '480x800', width: 480, height: 800, query: '?view=kitchen' },
] as const
const THEMES = [
  ['light', 'light'],
  ['night', 'dark'],
] as const
/** Only of the wall, and only once: black but for the number and the clock. */
const DARK = ['dark', '/', '&dim=0-24'] as const

const words = process.argv.slice(2)
const isWanted = (name: string) =>
  words.every((word) => name.split(/[/ ]/).some((part) => word.split(',').includes(part)))
const pictures: string[] = []
const found: string[] = []
const facts = mkdtempSync(join(tmpdir(), 'home-energy-pictures-'))
const livedInBefore = new Map<SimulatedSite, string>()

await buildFrontEnd(ROOT)
rmSync(FOLDER, { recursive: true, force: true })
const browser = await launchBrowser()
for (const state of STATES) await drawState(browser, state)
await drawSheet(browser)
await browser.close()
rmSync(facts, { recursive: true })
for (const fault of found) console.error(fault)
console.log(
  `${pictures.length} pictures in ${FOLDER}: contact.html, contact.png; ${found.length} faults seen in them`,
)
process.exitCode = found.length > 0 ? 1 : 0

async function drawState(inBrowser: Browser, state: PictureState): Promise<void> {
  const wanted = THEMES.flatMap(([theme, scheme]) =>
    [...SCREENS.map(([screen, path]) => [screen, path, ''] as const), DARK].flatMap(([screen, path, more]) =>
      SIZES.map((size) => ({
        theme,
        scheme,
        path,
        more,
        size,
        name: `${state.name}/${screen} ${size.name} ${theme}`,
      })),
    ),
  ).filter(({ name, more, size, theme }) => isWanted(name) && (!more || (size.query && theme === 'night')))
  if (wanted.length === 0) return
  const home = await openHome({ ...state.home, now: NOW, ...(!state.isNew && (await livedIn(state))) })
  const { page, context } = await visit(inBrowser, home, { ...SIZES[0], path: '/' })
  await settled(page)
  if (!state.isNew) await hearOfForecasts(page, home)
  if (state.lost) await lookAround(page, home)
  await state.lost?.(home, page)
  const at = await page.evaluate(() => Date.now())
  let shown = ''
  for (const { scheme, theme, path, more, size, name } of wanted) {
    // However long the drawing of all takes: what is live stays so.
    await page.clock.setSystemTime(at)
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize(size)
    const query = size.query ? `${size.query}&theme=${theme}${more || '&dim=off'}` : `?theme=${theme}`
    if (shown === path + query) await settled(page)
    else await openScreenAt(page, home, path, query)
    shown = path + query
    await draw(page, name)
    found.push(...(await faultsOf(page, !!size.query)).map((fault) => `${name}: ${fault}`))
  }
  await context.close()
  await home.close()
  console.log(`${state.name}: ${wanted.length}`)
}

/** A Pi that has just started counts for some seconds how the forecasts turned out; the band goes by that. */
async function hearOfForecasts(page: Page, home: Home): Promise<void> {
  await page.goto(`${home.url}${SCREEN_PATHS.score}`)
  await page.getByText('out on average').waitFor({ timeout: 120_000 })
}

/** Each screen has been looked at, and all is on the device, before the Pi is gone. */
async function lookAround(page: Page, home: Home): Promise<void> {
  for (const [, path] of SCREENS) await openScreenAt(page, home, path)
  await page.goto(`${home.url}${SCREEN_PATHS.status}`)
  await page.getByText('copy up to date').waitFor({ timeout: 120_000 })
}

async function livedIn({ name, home: { site = DEMO_SITE, faults } }: PictureState) {
  if (!livedInBefore.has(site)) livedInBefore.set(site, await liveIn(facts, name, site, NOW))
  return {
    site: longCustomer(site, NOW),
    faults: { ...usageFaults(NOW), ...faults },
    goesOnFrom: livedInBefore.get(site)!,
    entered: ENTERED,
  }
}

async function faultsOf(page: Page, isWall: boolean): Promise<string[]> {
  const text = await page.evaluate(() => document.body.innerText)
  const word = NO_WORDS.exec(text)?.[0]
  return [
    ...(await page.evaluate(overflowFaults)),
    ...(isWall ? [] : await page.evaluate(smallTargets)),
    ...(word ? [`says "${word}"`] : []),
  ]
}

async function draw(page: Page, name: string): Promise<void> {
  const [full, thumb] = [`${name}.png`, `thumbs/${name}.png`].map((file) =>
    join(FOLDER, file.replaceAll(' ', '-')),
  )
  for (const file of [full!, thumb!]) mkdirSync(dirname(file), { recursive: true })
  // In a picture of the whole page they would lie across its middle.
  await page.evaluate(() =>
    document.querySelector<HTMLElement>('.tabs')?.style.setProperty('position', 'static'),
  )
  await page.screenshot({ path: full!, fullPage: true })
  await page.evaluate(() => document.querySelector<HTMLElement>('.tabs')?.style.removeProperty('position'))
  const { width, height } = page.viewportSize()!
  const client = await page.context().newCDPSession(page)
  const { data } = await client.send('Page.captureScreenshot', {
    clip: { x: 0, y: 0, width, height, scale: Math.min(1, THUMB_PX / width) },
  })
  await client.detach()
  writeFileSync(thumb!, Buffer.from(data, 'base64'))
  pictures.push(name)
}

async function drawSheet(inBrowser: Browser): Promise<void> {
  const figures = pictures.toSorted().map((name) => {
    const file = `${name.replaceAll(' ', '-')}.png`
    return `<figure><a href="${file}"><img src="thumbs/${file}" alt="${name}"></a><figcaption>${name}</figcaption></figure>`
  })
  const style = `body{font:12px system-ui;margin:16px;background:#999;display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start}
figure{margin:0;width:${THUMB_PX}px}img{display:block;width:100%}`
  const sheet = join(FOLDER, 'contact.html')
  writeFileSync(
    sheet,
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Every screen</title><style>${style}</style>${figures.join('\n')}`,
  )
  const page = await inBrowser.newPage({ viewport: { width: 16 + 10 * (THUMB_PX + 12) + 16, height: 800 } })
  await page.goto(`file://${sheet}`)
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
  await page.screenshot({ path: join(FOLDER, 'contact.png'), fullPage: true })
  await page.close()
}
