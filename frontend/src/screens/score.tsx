// How good the forecasts were at this home: by how long before, and by hour of the day.
import { createEffect, createMemo, Index, type ParentProps, Show } from 'solid-js'
import { tallyOfColumns } from '#domain/forecast/tally-columns.ts'
import { type ScoreRow, type ScoreView, scoreView, untoldScore } from '#domain/score-view.ts'
import type { Address } from '../address.ts'
import '../look/pages.css'
import { wholeBar } from '../parts/bar-scale.ts'
import { Disclosure } from '../parts/disclosure.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { StepsItem } from '../parts/steps-link.tsx'
import { HourColumns } from '../score/hour-columns.tsx'
import type { ScreenProps } from '../screens.tsx'

export default function Score(props: ScreenProps) {
  const score = createMemo(() => {
    const answer = props.state.tally()
    if (!answer) return untoldScore()
    return scoreView(answer.tally ? tallyOfColumns(answer.tally) : undefined)
  })
  // At a first visit there is no home yet whose forecasts could be asked for.
  createEffect(() => {
    if (props.state.facts()?.household) void props.state.askTally()
  })
  return (
    <main class="page score">
      <div>
        <PageHead demo={props.view.demo} sentence={score().sentence} />
        <p class="second after">{score().detail}</p>
        <Show
          when={score().leads.length > 0}
          fallback={
            <Links address={props.address}>
              <StepsItem view={props.view} address={props.address} />
            </Links>
          }
        >
          <Leads score={score()} />
        </Show>
      </div>
      <div>
        <Show when={score().hoursSummary}>
          <Hours score={score()} />
        </Show>
        <Show when={score().band || score().spikes}>
          <section aria-labelledby="band">
            <h2 id="band">What to make of it</h2>
            <p>{score().band}</p>
            <p>{score().spikes}</p>
          </section>
        </Show>
        <Show when={score().leads.length > 0}>
          <Links address={props.address} />
        </Show>
      </div>
    </main>
  )
}

function Links(props: ParentProps<{ address: Address }>) {
  return (
    <ul class="go">
      {props.children}
      <li>
        <a href={props.address.to('settings', { part: 'forecast' })}>Which forecast the app goes by</a>
      </li>
    </ul>
  )
}

function Leads(props: { score: ScoreView }) {
  const longest = () => Math.max(1, ...props.score.leads.map(furthest))
  // Each pair of bars has the room of the longest, so that the numbers after them are a column.
  const whole = () =>
    wholeBar(props.score.leads.map((row) => ({ share: 1, words: [row.amber, wordsOf(row)] })))
  const share = (cents: number) => ({ '--share': cents / longest(), '--part': 1 })
  return (
    <section aria-labelledby="leads">
      <h2 id="leads">How far out, by how long before</h2>
      <dl class="bars leads" style={whole()}>
        <Index each={props.score.leads}>
          {(row) => (
            <div>
              <dt>{row().lead}</dt>
              <dd>
                <div class="pair" aria-hidden="true">
                  <Show when={row().amberOffCents}>
                    {(cents) => (
                      <div class="bar" style={share(cents())}>
                        <i class="ink" />
                      </div>
                    )}
                  </Show>
                  <div class="bar" style={share(row().aemoOffCents)}>
                    <i class="hollow" />
                  </div>
                </div>
                <b>{row().amber}</b>
                <span>{wordsOf(row())}</span>
              </dd>
            </div>
          )}
        </Index>
      </dl>
      <p class="key">
        <span>
          <i class="key-ink" /> Amber’s own
        </span>
        <span>
          <i class="key-hollow" /> AEMO’s
        </span>
      </p>
      <Disclosure label="By how long before">
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">Made</th>
              <th scope="col">Amber out by</th>
              <th scope="col">AEMO out by</th>
              <th scope="col">Within the band</th>
            </tr>
          </thead>
          <tbody>
            <Index each={props.score.leads}>
              {(row) => (
                <tr>
                  <th scope="row">{row().lead}</th>
                  <td>{row().amber}</td>
                  <td>{row().aemo}</td>
                  <td>{row().held}</td>
                </tr>
              )}
            </Index>
          </tbody>
        </table>
      </Disclosure>
    </section>
  )
}

const furthest = ({ amberOffCents = 0, aemoOffCents }: ScoreRow): number =>
  Math.max(amberOffCents, aemoOffCents)

const wordsOf = ({ aemo }: ScoreRow): string => `AEMO ${aemo}`

function Hours(props: { score: ScoreView }) {
  return (
    <section aria-labelledby="hours">
      <h2 id="hours">How far out, by hour of the day</h2>
      <p class="second">{props.score.hoursSummary}</p>
      <HourColumns hours={props.score.hours} summary={props.score.hoursSummary} />
      <Disclosure label="By hour of the day">
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">Hour from</th>
              <th scope="col">Out by</th>
            </tr>
          </thead>
          <tbody>
            <Index each={props.score.hours}>
              {(hour) => (
                <tr>
                  <th scope="row">{hour().text}</th>
                  <td>{hour().off}</td>
                </tr>
              )}
            </Index>
          </tbody>
        </table>
      </Disclosure>
    </section>
  )
}
