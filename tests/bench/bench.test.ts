// That each figure can be measured, and compares like with like; how large they are is for "npm run bench" to say.
import { expect, it } from 'vitest'
import { measure } from './bench.ts'
import { type Figure, ratioOf, timed } from './figure.ts'
import { table } from './table.ts'

it('every figure of the table is a ratio of two things that were both measured', async () => {
  const { figures } = await measure({ rounds: 1, days: 6 })
  expect(figures.length).toBeGreaterThanOrEqual(12)
  for (const figure of figures) {
    expect(figure.ours, figure.what).toBeGreaterThan(0)
    expect(ratioOf(figure), figure.what).toBeGreaterThan(0)
    expect(Number.isFinite(ratioOf(figure)), figure.what).toBe(true)
  }
  expect(table(figures).split('\n')).toHaveLength(figures.length + 2)
})

it('the middle of alternating turns is told, the first turn of each not counted, with its spread', async () => {
  const turns: string[] = []
  const side = (name: string, values: number[]) => () => {
    turns.push(name)
    return values.shift() as number
  }
  const figure = await timed(
    { what: 'a', anchor: 'b' },
    { rounds: 3, days: 1 },
    side('ours', [99, 1, 3, 2]),
    side('theirs', [99, 4, 4, 4]),
  )
  expect(turns.join(' ')).toBe('ours theirs ours theirs ours theirs ours theirs')
  expect(figure).toEqual({
    what: 'a',
    anchor: 'b',
    unit: 'ms',
    ours: 2,
    theirs: 4,
    spread: [0.25, 0.75],
  } satisfies Figure)
})

it('a ratio is told in two digits, however small', () => {
  const figure: Figure = { what: 'a', anchor: 'b', unit: 'B', ours: 1234, theirs: 100_000 }
  expect(table([figure]).split('\n').at(-1)).toBe('| a | 1.23 kB | b | 100 kB | 0.012 |')
})
