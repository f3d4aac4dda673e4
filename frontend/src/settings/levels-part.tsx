// Where cheap ends and dear begins, and in which colours.
import { Index, Show } from 'solid-js'
import { mapped } from '#domain/settings/drafted.ts'
import { levelsDraft, levelsOf } from '#domain/settings/levels-draft.ts'
import { LEVEL_WORDS } from '#domain/words.ts'
import { LevelWord } from '../parts/level-word.tsx'
import { createDraft } from './draft.ts'
import { Choice, Field, Form } from './form.tsx'
import type { PartProps } from './part.ts'

const BOUNDS = [
  ['veryCheap', 2],
  ['cheap', 3],
  ['normal', 4],
  ['dear', 5],
  ['spike', 6],
] as const

export function LevelsPart(props: PartProps) {
  const form = createDraft({
    settings: props.state.settings,
    current: () => {
      const { thresholds, colours } = props.state.settings.current()
      return { ...levelsDraft(thresholds), colours }
    },
    read: ({ colours, ...levels }) => mapped(levelsOf(levels), (read) => ({ ...read, colours })),
  })
  return (
    <Form form={form} where={props.where}>
      <Choice
        label="What is cheap and what is dear"
        options={[
          ['amber', 'Amber says'],
          ['own', 'We say'],
        ]}
        value={form.draft().words}
        choose={(words) => form.change({ words })}
        hint="Amber’s words move with the season and the network. Yours stay where they are."
      />
      <Show when={form.draft().words === 'own'}>
        <Index each={BOUNDS}>
          {(bound) => (
            <Field
              label={`${LEVEL_WORDS[bound()[1]]} from`}
              unit="c/kWh"
              value={form.draft()[bound()[0]]}
              problem={form.problems()[bound()[0]]}
              onInput={(cents) => form.change({ [bound()[0]]: cents })}
            />
          )}
        </Index>
        <p class="second">Below the first it is super cheap. Without a spike of your own, Amber’s holds.</p>
      </Show>
      <Choice
        label="Colours"
        options={[
          ['safe', 'For all eyes'],
          ['amber', 'Amber’s'],
        ]}
        value={form.draft().colours}
        choose={(colours) => form.change({ colours })}
        hint={
          form.draft().colours === 'amber'
            ? 'Green to red, as in Amber’s app. One in twelve men cannot tell some of these apart.'
            : 'Blue to red: told apart with any eyes.'
        }
      />
      <ul class="swatches" data-colours={form.draft().colours} aria-label="The six levels">
        <Index each={[1, 2, 3, 4, 5, 6] as const}>
          {(level) => (
            <li class={`field l${level()}`}>
              <LevelWord level={level()} word={LEVEL_WORDS[level()]} />
            </li>
          )}
        </Index>
      </ul>
    </Form>
  )
}
