// Thinks beside the page: a year of five-minute rows takes seconds on a small computer, and the screen must not stand still.
import type { HomeFacts } from '#domain/home-facts.ts'
import type { Household } from '#domain/household.ts'
import { createDiskReader } from '../mirror/disk-reader.ts'
import { CHANGES } from '../mirror/mirror.ts'
import { answer } from './answer.ts'
import { createFactsReader, type FactsReader, type Span } from './facts-reader.ts'
import type { Answered, Asked, Told, Wanted } from './messages.ts'

let nowMs = 0
/** By the name of the copy: a page's site may become the household's own, and lie elsewhere then. */
const readers = new Map<string, FactsReader>()
new BroadcastChannel(CHANGES).onmessage = () => {
  for (const reader of readers.values()) reader.forget()
}

function diskReader(name: string): FactsReader {
  const known = readers.get(name)
  if (known) return known
  const store = createDiskReader({ replaceNewer: false, name })
  const reader = createFactsReader(
    async () => store,
    () => nowMs,
  )
  readers.set(name, reader)
  return reader
}

const told = new Map<number, (facts: Told['facts']) => void>()
let lastWanted = 0

function want(span?: Span): Promise<Told['facts']> {
  lastWanted += 1
  const wanted = lastWanted
  self.postMessage({ wanted, ...(span && { span }) } satisfies Wanted)
  return new Promise((resolve) => told.set(wanted, resolve))
}

const pageReader: FactsReader = {
  household: async () => (await want()) as Household | undefined,
  facts: async (span) => {
    const facts = await want(span)
    if (!facts) throw new Error('The page could not read its copy.')
    return facts as HomeFacts
  },
  forget: () => undefined,
}

self.addEventListener('message', ({ data }: MessageEvent<Asked | Told>) => {
  if ('question' in data) void think(data)
  else {
    told.get(data.told)?.(data.facts)
    told.delete(data.told)
  }
})

async function think({ id, question, database }: Asked): Promise<void> {
  const reader = database === undefined ? pageReader : diskReader(database)
  nowMs = question.nowMs
  const view = await answer(question, reader).catch((error: unknown) => {
    reader.forget()
    console.error(error)
  })
  self.postMessage({ id, ...(view !== undefined && { view }) } satisfies Answered)
}
