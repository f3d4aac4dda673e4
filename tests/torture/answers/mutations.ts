// What can be done to a good answer so that it is none any more: cut, retyped, duplicated, reordered, made huge. None of it
// puts another plausible value in the place of a true one: that nobody could tell.
import type { Dice } from '../dice.ts'

export interface Mutated {
  readonly body: string
  /** Only so many of its bytes arrive, and then the connection breaks. */
  readonly brokenAfter?: number
}

type Json = unknown
type Row = Record<string, Json>
type Mutation = (text: string, dice: Dice) => Mutated

const ofText =
  (change: (text: string, dice: Dice) => string): Mutation =>
  (text, dice) => ({ body: change(text, dice) })

const ofRows = (change: (rows: Row[], dice: Dice) => Json): Mutation =>
  ofText((text, dice) => JSON.stringify(change(JSON.parse(text) as Row[], dice)))

/** Each of some rows, or of all. */
const ofSomeRows = (change: (row: Row, dice: Dice) => Json): Mutation =>
  ofRows((rows, dice) => {
    const share = dice.pick([0.01, 0.2, 1])
    const first = dice.between(0, rows.length - 1)
    return rows.map((row, index) => (index === first || dice.next() < share ? change(row, dice) : row))
  })

/** Somewhere in a row, also in what it holds. */
function withField(row: Row, dice: Dice, change: (value: Json) => Json): Row {
  const name = dice.pick(Object.keys(row))
  const value = row[name]
  if (isRow(value) && dice.next() < 0.6) return { ...row, [name]: withField(value, dice, change) }
  const changed = change(value)
  return { ...row, [name]: changed }
}

const isRow = (value: Json): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0

const OTHER_TYPES: readonly ((value: Json) => Json)[] = [
  (value) => (typeof value === 'string' ? Number(value) || 0 : String(value)),
  () => null,
  // Of what is true or false nobody could tell.
  (value) => (typeof value === 'boolean' ? 1 : true),
  () => [],
  () => ({}),
  (value) => [value],
  (value) => ({ value }),
]

const HUGE: readonly ((value: Json) => Json)[] = [
  (value) => (typeof value === 'number' ? value * 1e18 : 'x'.repeat(200_000)),
  (value) => (typeof value === 'number' ? value * -1e300 : `${value}${'9'.repeat(5000)}`),
  () => 'x'.repeat(1_000_000),
  () => Array.from({ length: 20_000 }, () => 1),
  () => nested(2000),
]

const nested = (depth: number): Json => {
  let value: Json = 1
  for (let level = 0; level < depth; level++) value = [value]
  return value
}

function shuffled<Item>(items: readonly Item[], dice: Dice): Item[] {
  const left = [...items]
  return items.map(() => left.splice(dice.between(0, left.length - 1), 1)[0] as Item)
}

const upTo = (dice: Dice, most: number): number => dice.between(0, Math.max(0, most - 1))

const cut: readonly Mutation[] = [
  ofText((text, dice) => text.slice(0, upTo(dice, text.length))),
  (text, dice) => ({ body: text, brokenAfter: upTo(dice, text.length) }),
  ofText((text, dice) => text.slice(1 + upTo(dice, text.length))),
  ofRows((rows, dice) => rows.slice(0, dice.between(0, rows.length))),
  ofRows((rows, dice) => rows.filter(() => dice.next() < 0.7)),
  ofSomeRows((row, dice) => {
    const { [dice.pick(Object.keys(row))]: _, ...rest } = row
    return rest
  }),
]

const retyped: readonly Mutation[] = [
  ofSomeRows((row, dice) => withField(row, dice, dice.pick(OTHER_TYPES))),
  ofSomeRows((row, dice) => withField(row, dice, dice.pick(OTHER_TYPES))),
  ofSomeRows((row, dice) => dice.pick(OTHER_TYPES)(row)),
  ofSomeRows((_, dice) => dice.pick([null, 0, 1e300, '', 'row', true, [], {}])),
  ofRows((rows, dice) =>
    dice.pick<Json>([{ data: rows }, { ...rows }, [rows], rows.length, 'rows', null, true, {}]),
  ),
]

const duplicated: readonly Mutation[] = [
  ofRows((rows) => [...rows, ...rows]),
  ofRows((rows, dice) => rows.flatMap((row) => (dice.next() < 0.3 ? [row, row] : [row]))),
  ofRows((rows) => Array.from({ length: 20 }, () => rows).flat()),
  ofText((text) => text + text),
  ofText((text) => text.replaceAll(/"(perKwh|kwh|id)":/g, '"$1":"x","$1":')),
]

const reordered: readonly Mutation[] = [
  ofRows((rows) => rows.toReversed()),
  ofRows((rows, dice) => shuffled(rows, dice)),
  ofSomeRows((row, dice) => Object.fromEntries(shuffled(Object.entries(row), dice))),
  ofRows((rows) => [rows, []].flat().sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? 1 : -1))),
]

const huge: readonly Mutation[] = [
  ofSomeRows((row, dice) => withField(row, dice, dice.pick(HUGE.slice(0, 2)))),
  ofRows((rows, dice) => {
    const at = upTo(dice, rows.length)
    const change = dice.pick(HUGE)
    return rows.map((row, index) => (index === at ? withField(row, dice, change) : row))
  }),
  ofRows((rows) => [...rows, ...Array.from({ length: 20_000 }, () => ({ type: 'Other' }))]),
  ofText((text, dice) => `[${'['.repeat(dice.pick([10, 5000, 200_000]))}${text}`),
  ofText((text, dice) => {
    const depth = dice.pick([500, 20_000])
    return text.replace('[', `[${'['.repeat(depth)}${']'.repeat(depth)},`)
  }),
  ofText((text) => text + ' '.repeat(33 * 1024 * 1024)),
]

export const MUTATIONS = { cut, retyped, duplicated, reordered, huge } as const
export type Manner = keyof typeof MUTATIONS
