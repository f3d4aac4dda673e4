// Long lists, written batch by batch as the reader takes them: a year of intervals neither fills the memory nor keeps
// anyone else waiting.
import type { Context } from 'hono'

export type Batches<Row> = Iterator<readonly Row[]>

/** `{ name: [rows] }` */
export function rowStream(c: Context, name: string, batches: Batches<unknown>): Response {
  let separator = ''
  const text = (rows: readonly unknown[]) => {
    if (rows.length === 0) return ''
    const batch = separator + rows.map((row) => JSON.stringify(row)).join(',')
    separator = ','
    return batch
  }
  return stream(c, 'application/json', { head: `{"${name}":[`, text, tail: ']}' }, batches)
}

/** RFC 4180: a line of names, then a line a row; what is not known is empty. */
export function csvStream<Row>(
  c: Context,
  columns: Readonly<Record<string, (row: Row) => string | number | boolean | undefined>>,
  batches: Batches<Row>,
): Response {
  const line = (cells: readonly unknown[]) => `${cells.map(cellText).join(',')}\r\n`
  const read = Object.values(columns)
  const text = (rows: readonly Row[]) => rows.map((row) => line(read.map((of) => of(row)))).join('')
  return stream(c, 'text/csv; charset=utf-8', { head: line(Object.keys(columns)), text, tail: '' }, batches)
}

function cellText(value: unknown): string {
  const text = value === undefined ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

interface Shape<Row> {
  readonly head: string
  readonly text: (rows: readonly Row[]) => string
  readonly tail: string
}

function stream<Row>(c: Context, type: string, { head, text, tail }: Shape<Row>, batches: Batches<Row>) {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(head)),
    pull: (controller) => {
      const { value, done } = batches.next()
      controller.enqueue(encoder.encode(done ? tail : text(value)))
      if (done) controller.close()
    },
  })
  return c.body(body, 200, { 'content-type': type })
}
