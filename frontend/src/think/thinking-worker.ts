// Thinks beside the page: a year of five-minute rows takes seconds on a small computer, and the screen must not stand still.
import { CHANGES } from '../mirror/mirror.ts'
import { createDiskStore } from '../mirror/store.ts'
import { answer } from './answer.ts'
import { createFactsReader } from './facts-reader.ts'
import type { Answered, Asked } from './messages.ts'

let nowMs = 0
const store = createDiskStore({ replaceNewer: false })
const reader = createFactsReader(
  async () => store,
  () => nowMs,
)
new BroadcastChannel(CHANGES).onmessage = () => reader.forget()

self.addEventListener('message', async ({ data }: MessageEvent<Asked>) => {
  const { id, question } = data
  nowMs = question.nowMs
  const view = await answer(question, reader).catch((error: unknown) => {
    reader.forget()
    console.error(error)
  })
  self.postMessage({ id, ...(view !== undefined && { view }) } satisfies Answered)
})
