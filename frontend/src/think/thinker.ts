// Asks the thinking worker; where there can be none, or it cannot read the copy, the page thinks itself.
import type { FactsReader } from './facts-reader.ts'
import type { Answered, Asked } from './messages.ts'
import type { Answers, Question, Subject } from './questions.ts'

export type Think = <About extends Subject>(question: Question<About>) => Promise<Answers[About]['view']>

export interface ThinkerDeps {
  /** Whether a worker can read the copy. */
  readonly isOnDisk: () => boolean
  /** For thinking in the page. */
  readonly reader: FactsReader
}

export function createThinker({ isOnDisk, reader }: ThinkerDeps): Think {
  let worker: ReturnType<typeof startWorker> | undefined
  const thinkHere = async <About extends Subject>(question: Question<About>) => {
    const { answer } = await import('./answer.ts')
    return answer(question, reader)
  }
  return async (question) => {
    if (!isOnDisk()) return thinkHere(question)
    worker ??= startWorker()
    const view = await worker(question)
    return view === undefined ? thinkHere(question) : (view as never)
  }
}

/** Undefined comes back where it failed. */
function startWorker(): (question: Question) => Promise<unknown> {
  const worker = new Worker(new URL('./thinking-worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, (view: unknown) => void>()
  let isBroken = false
  let lastId = 0
  const settle = (id: number, view: unknown) => {
    waiting.get(id)?.(view)
    waiting.delete(id)
  }
  worker.onmessage = ({ data }: MessageEvent<Answered>) => settle(data.id, data.view)
  // It could not be fetched or read; what was asked and all that comes is for the page to think through.
  worker.onerror = () => {
    isBroken = true
    for (const id of [...waiting.keys()]) settle(id, undefined)
  }
  return (question) => {
    if (isBroken) return Promise.resolve(undefined)
    lastId += 1
    const id = lastId
    worker.postMessage({ id, question } satisfies Asked)
    return new Promise((resolve) => waiting.set(id, resolve))
  }
}
