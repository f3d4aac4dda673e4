// What an address may set for its screen.
import { describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '#domain/settings/settings.ts'
import { screenOptions } from '../../../frontend/src/screen-options.ts'
import { hoursOf } from '../../../frontend/src/wall/hours.ts'
import { wander } from '../../../frontend/src/wall/wander.ts'

const optionsOf = (search: string) => {
  const query = new URLSearchParams(search)
  return screenOptions((name) => query.get(name) ?? undefined, DEFAULT_SETTINGS)
}
const names = (search: string) => optionsOf(search).appliances?.map(({ name }) => name)

describe('the address of a screen', () => {
  test('says nothing by itself', () => expect(optionsOf('view=kitchen')).toEqual({}))

  test('names appliances in its own order, the others of the household after them', () =>
    expect(names('appliances=pool pump,EV')).toEqual(['Pool pump', 'EV', 'Dishwasher', 'Washer', 'Dryer']))

  test('brings an appliance that the household has not set up', () =>
    expect(optionsOf('appliances=Heater:2:60').appliances?.[0]).toEqual({
      name: 'Heater',
      kwh: 2,
      durationMinutes: 60,
    }))

  test.each([
    'appliances=Kettle',
    'appliances=Heater:much:60',
    'appliances=Heater:2',
    'appliances=',
    'appliances=:1:60',
  ])('is not understood: %s', (search) => expect(optionsOf(search)).toEqual({}))

  test('sets the prices at which the words change, and the spike', () => {
    expect(optionsOf('thresholds=10,20,30,40').thresholds).toEqual([10, 20, 30, 40])
    expect(optionsOf('thresholds=10,20,30,40,150').thresholds).toEqual([10, 20, 30, 40, 150])
  })

  test.each(['10,20,30', '40,30,20,10', '10,,30,40', 'cheap', '10,20,30,40,150,200'])(
    'takes no thresholds from %s',
    (text) => expect(optionsOf(`thresholds=${text}`)).toEqual({}),
  )
})

describe('hours of the day', () => {
  test.each([
    ['22-6', 22 * 60, 6 * 60],
    ['21:30-6:15', 21 * 60 + 30, 6 * 60 + 15],
    ['0-24', 0, 24 * 60],
    [undefined, 19 * 60, 7 * 60],
    ['25-6', 19 * 60, 7 * 60],
    ['night', 19 * 60, 7 * 60],
    ['6-22:75x', 19 * 60, 7 * 60],
  ])('%s', (text, fromMinute, toMinute) => expect(hoursOf(text, '19-7')).toEqual({ fromMinute, toMinute }))

  test('off is no hours at all', () => expect(hoursOf('off', '19-7')).toBeUndefined())
})

describe('in the dark', () => {
  const places = Array.from({ length: 36 }, (_, step) => wander(step * 180_000))

  test('the number comes to 35 places before it is at one again, and stays three minutes', () => {
    const different = new Set(places.slice(0, 35).map((place) => JSON.stringify(place)))
    expect(different.size).toBe(35)
    expect(places[35]).toEqual(places[0])
    expect(wander(179_999)).toEqual(wander(0))
  })

  test('it comes to all four edges and never goes to a place beside the last', () => {
    for (const side of ['across', 'down'] as const) {
      const shares = places.map((place) => place[side])
      expect([Math.min(...shares), Math.max(...shares)]).toEqual([0, 1])
      for (let i = 1; i < shares.length; i++)
        expect(Math.abs(shares[i]! - shares[i - 1]!)).toBeGreaterThan(0.15)
    }
  })
})
