import { describe, expect, test } from 'vitest'
import { links, settlesAfterMs } from '#domain/freshness.ts'
import type { HomeFacts } from '#domain/home-facts.ts'
import { MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import { nowView } from '#domain/now-view.ts'
import { at, factsOf, forecast, inTouch, price, rows } from './sample-facts.ts'

const NOW = at(16, 31)
const ago = (minutes: number): number => NOW - minutes * MINUTE_MS
const prices = rows({ nowMs: NOW })
const status = (more: Partial<HomeFacts>, nowMs = NOW) => {
  const { text, aged, links } = nowView(factsOf(prices, { ...inTouch(NOW), ...more }), nowMs).status
  return { text, aged, links: links.replaceAll('\u00a0', ' ') }
}
const amber = (outcome: HomeFacts['amber']['outcome'], minutes = 122) =>
  ({ outcome: outcome!, answeredAtMs: ago(minutes + 4), lostSinceMs: ago(minutes) }) as const

describe('the links', () => {
  test.each([
    ['everything works', {}, 'Pi, internet and Amber all working'],
    ['the internet is gone', { amber: amber('unreachable') }, 'No internet since 2:29 pm. Pi working'],
    [
      'the token is refused',
      { amber: amber('unauthorised') },
      'Amber refused the token. Pi and internet working',
    ],
    [
      'the calls are used up',
      { amber: amber('rate-limited') },
      'Amber’s call limit is used up since 2:29 pm. Pi and internet working',
    ],
    [
      'Amber fails',
      { amber: amber('amber-error') },
      'Amber is not working since 2:29 pm. Pi and internet working',
    ],
    [
      'Amber’s answers are odd',
      { amber: amber('bad-answer') },
      'Amber’s answers can’t be read since 2:29 pm. Pi and internet working',
    ],
    [
      'the Pi is at fault',
      { amber: amber('failed') },
      'Your Pi can’t store prices since 2:29 pm. Pi answering',
    ],
    [
      'syncs have stopped, though the last one was fine',
      { amber: { outcome: 'ok', answeredAtMs: ago(11) } },
      'Nothing new from Amber since 4:20 pm. Pi working',
    ],
    [
      'Amber is lost since just now, and nobody says why',
      { amber: { answeredAtMs: ago(3), lostSinceMs: ago(2) } },
      'Nothing new from Amber since 4:29 pm. Pi working',
    ],
    [
      'one sync was missed',
      { amber: { outcome: 'ok', answeredAtMs: ago(9) } },
      'Pi, internet and Amber all working',
    ],
    [
      'the Pi is lost, and with it all word of the internet',
      { pi: { answeredAtMs: ago(8), lostSinceMs: ago(7) }, amber: amber('unreachable') },
      'Your Pi can’t be reached since 4:24 pm',
    ],
    ['the Pi is late', { pi: { answeredAtMs: ago(12) } }, 'No word from your Pi for 12 minutes'],
    ['the Pi has never answered', { pi: {} }, 'Your Pi has not answered yet'],
    ['Amber has never been asked', { amber: {} }, 'Amber has not answered yet. Pi working'],
  ] satisfies [string, Partial<HomeFacts>, string][])('when %s', (_, facts, text) => {
    expect(status(facts).links).toBe(text)
  })

  test('never claim a working internet of a Pi that is not heard of', () => {
    for (const pi of [{ answeredAtMs: ago(30), lostSinceMs: ago(29) }, { answeredAtMs: ago(30) }, {}]) {
      expect(status({ pi }).links).not.toMatch(/working|internet/)
    }
  })

  test('leave open what the Pi would say of Amber once the Pi is not heard of', () => {
    const facts = factsOf(prices, { ...inTouch(NOW), amber: amber('unauthorised') })
    expect(links(facts, undefined, NOW).amber).toMatchObject({ state: 'down', trouble: 'token' })
    const lost = { ...facts, pi: { answeredAtMs: ago(8), lostSinceMs: ago(7) } }
    expect(links(lost, undefined, NOW)).toMatchObject({
      amber: { state: 'unknown' },
      prices: { state: 'unknown' },
    })
  })

  test('name the trouble before the age on a phone', () => {
    expect(status({ amber: amber('unreachable') }).aged).toMatch(
      /^No internet since 2:29\u00a0pm\. Confirmed at 4:30:24/,
    )
  })

  test('are those of the last contact in a demo too, but claim no Amber', () => {
    const demo = { household: { ...factsOf([]).household!, demo: true } }
    expect(status(demo).links).toBe('Invented prices. For your own, see Status')
    expect(status({ ...demo, amber: amber('unreachable') }).links).toBe(
      'No internet since 2:29 pm. Pi working',
    )
  })
})

describe('Amber’s price', () => {
  test.each([
    ['5 minutes', 5, 1, 'fine'],
    ['5 minutes', 5, 2, 'late'],
    ['half an hour', 30, 25, 'fine'],
    ['half an hour', 30, 26.5, 'late'],
  ])('that is an estimate of %s is, %i minutes long and %d into it, %s', (_, minutes, into, state) => {
    const startMs = at(16, 30)
    const nowMs = startMs + into * MINUTE_MS
    const row = price(startMs, minutes, 30, { kind: 'current', estimate: true, madeAtMs: nowMs })
    expect(links(factsOf([row], inTouch(nowMs)), row, nowMs).prices.state).toBe(state)
  })

  test.each([
    ['an estimate of 5 minutes', price(at(16), 5, 30, { kind: 'current', estimate: true }), 0.5],
    ['an estimate of half an hour', price(at(16), 30, 30, { kind: 'current', estimate: true }), 25],
    ['a forecast of 5 minutes', forecast(at(16), 5, 30), 0.5],
    ['a forecast of half an hour', forecast(at(16), 30, 30), 0.5],
  ])('is awaited by so many minutes after it began: %s', (_, row, minutes) => {
    expect(settlesAfterMs(row)).toBe(minutes * MINUTE_MS)
  })

  const later = (seconds: number) => {
    const nowMs = at(16, 35) + seconds * SECOND_MS
    return nowView(factsOf(prices, inTouch(nowMs)), nowMs).status
  }

  test('is awaited calmly for a minute and a half', () => {
    expect(later(10)).toMatchObject({
      mark: 'stored',
      strong: 'Forecast.',
      text: 'Confirmed price due by 4:35:30',
    })
    expect(later(89).strong).toBe('Forecast.')
    expect(later(10).links).toBe('Pi, internet and Amber all working')
  })

  test('is late after that', () => {
    expect(later(91)).toMatchObject({
      strong: 'Not live.',
      text: 'Forecast made 4:30\u00a0pm, 6\u00a0minutes\u00a0ago',
      links: 'Amber’s price is late. Pi and internet working',
    })
  })

  test('is not awaited calmly when contact is lost', () => {
    const nowMs = at(16, 35, 10)
    const facts = factsOf(prices, {
      ...inTouch(nowMs),
      pi: { answeredAtMs: at(16, 33), lostSinceMs: at(16, 34) },
    })
    expect(nowView(facts, nowMs).status.strong).toBe('Not live.')
  })
})

describe('a Pi that cannot be reached', () => {
  const tried = (answeredMinutes: number, lostMinutes: number) =>
    links(
      { ...factsOf([]), pi: { answeredAtMs: ago(answeredMinutes), lostSinceMs: ago(lostMinutes) } },
      undefined,
      NOW,
    ).pi

  test('is away since this device first missed it', () => {
    expect(tried(31, 30)).toEqual({ state: 'down', sinceMs: ago(30) })
    expect(tried(15, 5)).toEqual({ state: 'down', sinceMs: ago(5) })
  })

  test('was gone before a device that woke looked for it: nobody knows since when', () => {
    expect(tried(3 * 24 * 60, 1)).toEqual({ state: 'down', sinceMs: undefined })
    expect(tried(15.1, 5)).toEqual({ state: 'down', sinceMs: undefined })
  })
})
