// What has to be read first, such as a month from the copy: until it is there, what was there before.
import { createEffect, createSignal, onCleanup } from 'solid-js'

/** Reads anew whenever `question` changes; an answer that was overtaken by another question is left. */
export function createLatest<Question, Answer>(
  question: () => Question,
  read: (question: Question) => Promise<Answer>,
): () => Answer | undefined {
  const [answer, setAnswer] = createSignal<Answer>()
  createEffect(() => {
    const asked = question()
    let isOvertaken = false
    onCleanup(() => {
      isOvertaken = true
    })
    void read(asked).then((found) => isOvertaken || setAnswer(() => found))
  })
  return answer
}
