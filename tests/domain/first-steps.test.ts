import { expect, test } from 'vitest'
import type { HealthAnswer } from '#domain/contract.ts'
import { firstSteps } from '#domain/first-steps.ts'
import type { HomeFacts } from '#domain/home-facts.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { HOUSEHOLD, price } from './sample-facts.ts'

const NOTHING: HomeFacts = { prices: [], usage: [], amber: {}, pi: {} }
const USAGE = [{} as UsageInterval]
const history = (fetched: number, complete: boolean) => {
  const part = { backToDate: null, firstDate: null, complete, weeksFetched: fetched, weeks: 8 }
  return { history: { prices: part, usage: part } } as HealthAnswer
}
const WHOLE: HomeFacts = {
  household: HOUSEHOLD,
  prices: [price(0, 30, 20)],
  usage: USAGE,
  amber: { answeredAtMs: 1, outcome: 'ok' },
  pi: { answeredAtMs: 1 },
}

const told = (facts: HomeFacts, health?: HealthAnswer) =>
  firstSteps(facts, health).map(({ text, isDone, note, share }) =>
    isDone ? `${text}: done` : `${text}: ${note}${share === undefined ? '' : ` ${share}`}`,
  )

test('a home that has nothing yet is told what comes, in order', () => {
  expect(told(NOTHING)).toEqual([
    'Your Pi answers: It is asked every few seconds.',
    'Amber accepts the token: The first sync is to come; it runs every five minutes.',
    'Amber lists your home: It is asked once the token is accepted.',
    'The first prices: They come once Amber lists your home.',
    'The first usage: Amber sends each day on the day after.',
  ])
})

test('a token that Amber refuses is not accepted, however often it answered before', () => {
  const refused: HomeFacts = { ...NOTHING, amber: { answeredAtMs: 1, outcome: 'unauthorised' } }
  expect(told(refused)[2]).toBe('Amber lists your home: It is asked once the token is accepted.')
  expect(told(refused)[1]).toBe(
    'Amber accepts the token: Amber refused it: make a new one, and put it in on the Pi with pi/set-token.sh.',
  )
})

test('an account without a home yet is told so, and that its prices wait for it', () => {
  const accepted: HomeFacts = { ...NOTHING, amber: { answeredAtMs: 1, outcome: 'ok' } }
  expect(told(accepted).slice(2, 4)).toEqual([
    'Amber lists your home: It lists no site yet, or not the one that AMBER_SITE_ID names. A new account has one once its meter is Amber’s; it is asked again hourly.',
    'The first prices: They come once Amber lists your home.',
  ])
  expect(told({ ...accepted, household: HOUSEHOLD })[3]).toBe(
    'The first prices: They come with the next sync.',
  )
})

test('the past that is being fetched is a share of it', () => {
  expect(told(WHOLE, history(2, false)).at(-1)).toBe(
    'The past, as far as Amber keeps it: Fetched: usage 2 of 8 weeks, prices 2 of 8 weeks; more with each sync. 0.25',
  )
})

test('a home that Amber has yet to take over is told from when on', () => {
  const pending = { ...WHOLE, prices: [], household: { ...HOUSEHOLD, startsOn: '2026-12-12' } }
  expect(told(pending)[3]).toBe('The first prices: Amber supplies you from 12\u00a0December.')
})

test('a home that has all of it, a demo, and a site that is closed, is told nothing', () => {
  expect(told({ ...NOTHING, household: { ...HOUSEHOLD, closedOn: null } })).toEqual([])
  expect(told(WHOLE)).toEqual([])
  expect(told(WHOLE, history(8, true))).toEqual([])
  expect(told({ ...NOTHING, household: { ...HOUSEHOLD, demo: true } })).toEqual([])
})
