// Asks the thinking worker; where it cannot read the copy itself, it is told what it needs.
import type { FactsReader } from './facts-reader.ts'
import type { Answered, Asked, Told, Wanted } from './messages.ts'
import type { Answers, Question, Subject } from './questions.ts'

/** Undefined: it could not be thought through. */
export type Think = <About extends Subject>(
  question: Question<About>,
) => Promise<Answers[About]['view'] | undefined>

export interface ThinkerDeps {
  /** Name of the copy, where a worker can read it. */
  readonly database: () => string | undefined
  /** Of this page. */
  readonly reader: FactsReader
}

export interface Thinker {
  readonly think: Think
  /** Fetches the worker, so that it is there when the Pi is not. */
  readonly load: () => void
}

export function createThinker({ database, reader }: ThinkerDeps): Thinker {
  let worker: ReturnType<typeof startWorker> | undefined
  const start = () => {
    worker ??= startWorker(reader, () => {
      worker = undefined
    })
    return worker
  }
  return {
    load: start,
    think: async (question) => {
      const name = database()
      const view = await start()(question, name)
      // What one that reads by itself could not, this page perhaps can.
      return (view === undefined && name ? worker?.(question, undefined) : view) as never
    },
  }
}

function startWorker(
  reader: FactsReader,
  onLost: () => void,
): (question: Question, database: string | undefined) => Promise<unknown> {
  const worker = new Worker(new URL('./thinking-worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, (view: unknown) => void>()
  let lastId = 0
  const settle = (id: number, view: unknown) => {
    waiting.get(id)?.(view)
    waiting.delete(id)
  }
  const tell = async ({ wanted, span }: Wanted) => {
    const facts = await (span ? reader.facts(span) : reader.household()).catch(() => undefined)
    worker.postMessage({ told: wanted, facts } satisfies Told)
  }
  worker.onmessage = ({ data }: MessageEvent<Answered | Wanted>) =>
    'wanted' in data ? void tell(data) : settle(data.id, data.view)
  // It could not be fetched or read, and never will be: the next question is for another one.
  worker.onerror = () => {
    worker.terminate()
    onLost()
    for (const id of [...waiting.keys()]) settle(id, undefined)
  }
  return (question, database) => {
    lastId += 1
    const id = lastId
    worker.postMessage({ id, question, database } satisfies Asked)
    return new Promise((resolve) => waiting.set(id, resolve))
  }
}
