// The mirror on the wire: bytes as they travel, and requests one after another, against a bare server with the same rows.
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { MirrorAnswer, MirrorHistoryAnswer } from '#domain/mirror.ts'
import { type Figure, type Scale, timed } from './figure.ts'
import type { HomeOfDays } from './home-of-days.ts'

export async function wire(home: HomeOfDays, scale: Scale): Promise<Figure[]> {
  const before = await first(home)
  const whole = await wholeCopyBytes(home, before.answer)
  home.liveADay()
  const since = `/api/mirror?since=${before.answer.revision}&epoch=${before.answer.epoch}`
  const day = await get(home, since)
  if (day.status !== 200) throw new Error(`no delta: ${day.status}`)
  const nothing = await get(home, since, { 'if-none-match': day.etag })
  if (nothing.status !== 304) throw new Error(`news where there is none: ${nothing.status}`)
  return [
    {
      what: 'catching up after a day without the Pi',
      anchor: `copying all ${scale.days} days anew`,
      unit: 'B',
      ours: day.bytes,
      theirs: whole,
    },
    {
      what: 'asking when there is nothing new, headers and all',
      anchor: 'catching up after that day',
      unit: 'B',
      ours: nothing.bytes + nothing.headerBytes,
      theirs: day.bytes + day.headerBytes,
    },
    await answerTime(home, scale, since),
  ]
}

async function first(home: HomeOfDays): Promise<{ answer: MirrorAnswer; bytes: number }> {
  const answer = (await (await fetch(`${home.url}/api/mirror`)).json()) as MirrorAnswer
  return { answer, bytes: (await get(home, '/api/mirror')).bytes }
}

async function wholeCopyBytes(home: HomeOfDays, { historyBefore }: MirrorAnswer): Promise<number> {
  let { bytes } = await first(home)
  let before: string | null | undefined = historyBefore
  while (before) {
    const path: string = `/api/mirror?before=${before}`
    bytes += (await get(home, path)).bytes
    before = ((await (await fetch(home.url + path)).json()) as MirrorHistoryAnswer).before
  }
  return bytes
}

/** The bare one has its answer as an object, and no question to SQLite: what is left is HTTP, JSON and gzip. */
async function answerTime(home: HomeOfDays, scale: Scale, path: string): Promise<Figure> {
  const answer: unknown = await (await fetch(home.url + path)).json()
  const bare = createServer((_, response) =>
    response
      .setHeader('content-type', 'application/json')
      .setHeader('content-encoding', 'gzip')
      .end(gzipSync(JSON.stringify(answer))),
  )
  await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve))
  const { port } = bare.address() as AddressInfo
  const took = (at: { port: number }) => async () => {
    const began = performance.now()
    await get(at, path)
    return performance.now() - began
  }
  try {
    return await timed(
      { what: 'answering that day from SQLite', anchor: 'node:http with the answer ready, JSON and gzip' },
      scale,
      took(home),
      took({ port }),
    )
  } finally {
    bare.close()
    bare.closeAllConnections()
  }
}

interface Got {
  readonly status: number
  readonly etag: string
  /** Of the body, as it travelled. */
  readonly bytes: number
  readonly headerBytes: number
}

function get({ port }: { port: number }, path: string, headers: Record<string, string> = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path, headers: { 'accept-encoding': 'gzip', ...headers } },
      (response) => {
        let bytes = 0
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length
        })
        response.once('error', reject)
        response.once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            etag: response.headers.etag ?? '',
            bytes,
            headerBytes: response.rawHeaders.join(': ').length,
          }),
        )
      },
    )
    asked.once('error', reject)
    asked.end()
  })
}
