import type { Context } from 'hono'

/**
 * `{ name: [rows] }`, written batch by batch as the reader takes it: a year of intervals neither fills the memory nor
 * keeps anyone else waiting.
 */
export function rowStream(c: Context, name: string, batches: Iterator<readonly unknown[]>): Response {
  const encoder = new TextEncoder()
  let separator = ''
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(`{"${name}":[`)),
    pull: (controller) => {
      const { value, done } = batches.next()
      if (done) {
        controller.enqueue(encoder.encode(']}'))
        return controller.close()
      }
      const text = value.map((row) => JSON.stringify(row)).join(',')
      if (text === '') return controller.enqueue(new Uint8Array(0))
      controller.enqueue(encoder.encode(separator + text))
      separator = ','
    },
  })
  return c.body(stream, 200, { 'content-type': 'application/json' })
}
