// What the screen of now says of a home that has no price: what is the matter, and what to do next.
import { describe, expect, test } from 'vitest'
import type { HomeFacts } from '#domain/home-facts.ts'
import { nowView } from '#domain/now-view.ts'
import { SENTENCE_LIMITS } from '#domain/sentence.ts'
import { at, factsOf, forecast, HOUSEHOLD, inTouch, liveFacts, price } from './sample-facts.ts'

const NOW = at(9, 20)
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

const of = (facts: Partial<HomeFacts>, { isHomeKnown = true } = {}) => {
  const { household, ...rest } = factsOf([], inTouch(NOW))
  return nowView({ ...rest, ...(isHomeKnown && household && { household }), ...facts }, NOW)
}
const LINK = 'What is still to come'
const amber = (outcome: 'unauthorised' | 'unreachable' | 'rate-limited' | 'failed') => ({
  amber: { lostSinceMs: at(9, 19), outcome },
})

describe('before there is a price', () => {
  test.each<[string, ReturnType<typeof of>, string, string]>([
    [
      'the Pi has never answered',
      of({ pi: {}, amber: {} }, { isHomeKnown: false }),
      'Waiting for your Pi. If none answers, check its power.',
      'Waiting for your Pi. If none answers, check its power.',
    ],
    [
      'the Pi is gone again',
      of({ amber: {}, pi: { answeredAtMs: at(9, 10), lostSinceMs: at(9, 12) } }, { isHomeKnown: false }),
      'Your Pi can’t be reached since 9:12 am. Check its power and network.',
      'Your Pi can’t be reached. Check its power and network.',
    ],
    [
      'no sync has run',
      of({ amber: {} }, { isHomeKnown: false }),
      'The first sync comes within five minutes. Please wait.',
      'The first sync comes within five minutes. Please wait.',
    ],
    [
      'the token is refused',
      of(amber('unauthorised'), { isHomeKnown: false }),
      'Amber refused this Pi: it needs a new token. Make one in the Amber app, then run pi/set-token.sh on the Pi.',
      'Amber refused this Pi: it needs a new token. See Status.',
    ],
    [
      'there is no internet',
      of(amber('unreachable'), { isHomeKnown: false }),
      'No internet since 9:19 am. Check the router.',
      'No internet since 9:19 am. Check the router.',
    ],
    [
      'the calls are used up',
      of(amber('rate-limited')),
      'Amber’s call limit is used up since 9:19 am. Prices come once that is over.',
      'Amber’s call limit is used up since 9:19 am.',
    ],
    [
      'the Pi cannot write',
      of(amber('failed')),
      'Your Pi can’t store prices since 9:19 am. See Status.',
      'Your Pi can’t store prices since 9:19 am. See Status.',
    ],
    [
      'the account has no site yet',
      of({}, { isHomeKnown: false }),
      'Amber lists no home yet. Your Pi asks again hourly.',
      'Amber lists no home yet. Your Pi asks again hourly.',
    ],
    [
      'the site is not Amber’s yet',
      of({ household: { ...HOUSEHOLD, startsOn: '2026-12-12' } }),
      'Amber supplies you from 12 December. Prices begin then.',
      'Amber supplies you from 12 December. Prices begin then.',
    ],
    [
      'nobody knows when the site will be Amber’s',
      of({ household: { ...HOUSEHOLD, startsOn: null } }),
      'Amber is taking over your home. Prices come with that.',
      'Amber is taking over your home. Prices come with that.',
    ],
    [
      'Amber has just answered',
      of({}),
      'Amber accepted the token. The first prices should be here by 9:24 am.',
      'Amber accepted the token. First prices due by 9:24 am.',
    ],
    [
      'Amber answers, and nothing comes',
      of({ amber: { answeredAtMs: at(9, 12), outcome: 'ok' } }),
      'Amber has sent no prices yet. Your Pi keeps asking.',
      'Amber has sent no prices yet. Your Pi keeps asking.',
    ],
  ])('because %s, one sentence says so and what to do', (_, view, full, short) => {
    expect(plain(view.sentences.full)).toBe(full)
    expect(plain(view.sentences.short)).toBe(short)
    for (const length of ['short', 'long', 'full'] as const)
      expect(view.sentences[length].length).toBeLessThanOrEqual(SENTENCE_LIMITS[length])
    expect(view).toMatchObject({ headline: 'No prices yet', setup: { text: '', link: LINK } })
  })
})

describe('a site that is closed', () => {
  const CLOSED = { ...HOUSEHOLD, closedOn: '2025-05-03' }

  test('has no price and is not called late, and says where its history is', () => {
    const view = of({ household: CLOSED })
    expect(view.headline).toBe('Closed')
    for (const sentence of Object.values(view.sentences))
      expect(plain(sentence)).toBe('Closed 3 May 2025. Its history is under Usage.')
    expect(view.status).toMatchObject({ strong: 'Closed.', links: 'Pi, internet and Amber all working' })
    expect(plain(view.status.text)).toBe('3 May 2025')
    expect(view).not.toHaveProperty('setup')
  })

  test('of late still knows its last prices, and has none', () => {
    const view = of({ household: CLOSED, prices: [price(at(2), 30, 20)] })
    expect(view).toMatchObject({
      headline: 'Closed',
      status: { links: 'Pi, internet and Amber all working' },
    })
    expect(view.price).toBeUndefined()
  })

  test('nobody knows since when is closed all the same', () => {
    const view = of({ household: { ...HOUSEHOLD, closedOn: null } })
    expect(view.sentences.full).toBe('Closed. Its history is under Usage.')
  })

  test('for which Amber still has a price shows it', () => {
    expect(of({ household: CLOSED, prices: [forecast(at(9), 30, 20)] }).price?.text).toBe('20c')
  })
})

describe('the quiet line', () => {
  test('of a demo says how it becomes one’s own', () => {
    const { setup, status } = of({ household: { ...HOUSEHOLD, demo: true } })
    expect(setup).toEqual({
      text: '',
      link: 'Invented prices. For your own, see Status.',
    })
    expect(status.links).toBe('Invented prices. For your own, see Status')
  })

  test('counts the days of the past that are here while they are fetched, and is gone after that', () => {
    const facts = liveFacts({ nowMs: NOW })
    expect(nowView({ ...facts, history: { fetchedDays: 34, days: 90 } }, NOW).setup).toEqual({
      text: 'History is being fetched: 34 of 90 days.',
      link: LINK,
    })
    expect(nowView(facts, NOW)).not.toHaveProperty('setup')
  })
})
