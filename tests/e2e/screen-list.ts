// Every screen there is, by its address: what a test or a picture does for one it does for all.
import type { Page } from 'playwright-core'
import { SCREEN_PATHS, type ScreenName } from '../../backend/domain/screen-paths.ts'
import type { Home } from './home.ts'

export const SCREENS = Object.entries(SCREEN_PATHS) as [ScreenName, string][]

/** Settled: its sentence is there, and what is thought out beside the screen has come or will not. */
export async function openScreenAt(page: Page, home: Home, path: string, query = ''): Promise<void> {
  await page.goto(`${home.url}${path}${query}`)
  await settled(page)
}

export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor({ state: 'attached' })
  await page.waitForFunction(() => !document.querySelector('.waiting'))
  await page.evaluate(async () => {
    await document.fonts.ready
    // Drawn twice the same: nothing more is on its way.
    let before = ''
    for (let same = 0; same < 3; ) {
      await new Promise(requestAnimationFrame)
      await new Promise(requestAnimationFrame)
      await fetch('/favicon.svg').catch(() => undefined)
      const now = document.body.innerHTML
      same = now === before ? same + 1 : 0
      before = now
    }
  })
}

/** What is wider than the page, or cut where it cannot be scrolled to. Runs inside the page. */
export function overflowFaults(): string[] {
  const named = (element: Element) =>
    `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}: ${element.textContent?.trim().slice(0, 40)}`
  const width = document.documentElement.clientWidth
  const faults = document.documentElement.scrollWidth > width ? [`the page is wider than ${width}`] : []
  const slides = (element: Element): boolean =>
    ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) ||
    (element.parentElement !== null && slides(element.parentElement))
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    if (element.closest('svg, .only-heard') || element.getClientRects().length === 0 || slides(element))
      continue
    const { left, right } = element.getBoundingClientRect()
    if (left < -2.5 || right > width + 2.5) faults.push(`out of sight: ${named(element)}`)
    const isShut = getComputedStyle(element).overflowX !== 'visible'
    // The board drifts by two pixels at most.
    const driftPx = element.matches('.boarded') ? 2 : 0
    if (isShut && element.scrollWidth > element.clientWidth + 1 + driftPx)
      faults.push(`cut: ${named(element)}`)
  }
  return [...faults, ...textsOnTexts(), ...figuresOnBars()]

  /** Of a calendar's cells, however high their bar is today. */
  function figuresOnBars(): string[] {
    return [...document.querySelectorAll('.pile')].flatMap((pile) => {
      const { left } = pile.getBoundingClientRect()
      return [...pile.parentElement!.querySelectorAll('b, .kwh')].flatMap((figure) => {
        const range = document.createRange()
        range.selectNodeContents(figure)
        const { right } = range.getBoundingClientRect()
        return right > left - 0.5
          ? [`"${figure.textContent}" runs ${(right - left).toFixed(1)} px into its bar`]
          : []
      })
    })
  }

  function textsOnTexts(): string[] {
    const texts = [...document.querySelectorAll('main *:not(svg, svg *)')].flatMap((element) => {
      if (element.closest('.only-heard, .price, .reading')) return []
      return [...element.childNodes].flatMap((node) => {
        if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.trim()) return []
        const range = document.createRange()
        range.selectNodeContents(node)
        return [...range.getClientRects()]
          .filter(({ width }) => width > 0)
          .map((box) => ({ element, text: node.textContent?.trim(), box }))
      })
    })
    const isOn = (a: DOMRect, b: DOMRect) =>
      a.left < b.right - 1 &&
      b.left < a.right - 1 &&
      a.top + a.height * 0.25 < b.bottom - b.height * 0.25 &&
      b.top + b.height * 0.25 < a.bottom - a.height * 0.25
    return texts.flatMap((a, i) =>
      texts
        .slice(i + 1)
        .filter((b) => a.element !== b.element && isOn(a.box, b.box))
        .map((b) => `"${a.text}" lies on "${b.text}"`),
    )
  }
}

/** What a finger would miss: lower than 44 px, but for a link within a sentence. Runs inside the page. */
export function smallTargets(): string[] {
  return [...document.querySelectorAll<HTMLElement>('main :is(a, button, select, input, summary)')]
    .filter((element) => element.getClientRects().length > 0 && !element.closest('.only-heard'))
    .filter((element) => getComputedStyle(element).display !== 'inline')
    .filter((element) => element.getBoundingClientRect().height < 43.5)
    .map(
      (element) => `${element.getBoundingClientRect().height.toFixed(0)} px: ${element.textContent?.trim()}`,
    )
}

/** What the keyboard comes to and the eye does not: no ring, one that is cut off, or behind the tabs. Runs inside the page. */
export function hiddenRings(): string[] {
  const tabs = document.querySelector('.tabs')
  const tabsTop = tabs?.getBoundingClientRect().top ?? innerHeight
  return [...document.querySelectorAll<HTMLElement>('a, button, select, input, summary, [tabindex="0"]')]
    .filter((element) => element.getClientRects().length > 0 && !element.closest('.only-heard'))
    .flatMap((element) => {
      element.focus()
      const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(element)
      const ringPx = Number.parseFloat(outlineWidth) + Number.parseFloat(outlineOffset)
      const { top, bottom, left, right, height } = element.getBoundingClientRect()
      const isSeen = (within: { top: number; bottom: number; left: number; right: number }) =>
        top - ringPx >= within.top - 0.5 &&
        bottom + ringPx <= within.bottom + 0.5 &&
        left - ringPx >= within.left - 0.5 &&
        right + ringPx <= within.right + 0.5
      const boxes: Element[] = []
      for (let box = element.parentElement; box && box !== document.body; box = box.parentElement)
        if (getComputedStyle(box).overflow !== 'visible') boxes.push(box)
      const faults = [
        outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 3 ? 'no ring' : '',
        !tabs?.contains(element) && bottom > tabsTop && height < tabsTop ? 'behind the tabs' : '',
        left - ringPx < -0.5 || right + ringPx > document.documentElement.clientWidth + 0.5
          ? 'off the page'
          : '',
        boxes.some((box) => !isSeen(box.getBoundingClientRect())) ? 'cut' : '',
      ].filter(Boolean)
      return faults.map(
        (fault) =>
          `${fault}: ${element.tagName} ${element.className}: ${element.textContent?.trim().slice(0, 40)}`,
      )
    })
}

/** What takes time to change, or would while it scrolls. Runs inside the page. */
export function movingParts(): string[] {
  const seconds = (durations: string) => Math.max(...durations.split(',').map(Number.parseFloat))
  return [...document.querySelectorAll('*')].flatMap((element) =>
    ['', '::before', '::after'].flatMap((part) => {
      const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(element, part)
      const moves =
        seconds(transitionDuration) > 0 || seconds(animationDuration) > 0.001 || scrollBehavior === 'smooth'
      return moves ? [`${element.tagName} ${element.getAttribute('class')}${part}`] : []
    }),
  )
}

/** Words that no person should read: what a program says of a number it does not have. */
export const NO_WORDS = /NaN|undefined|Infinity|\bnull\b|\[object/
