// A week, month or year as a whole: its cells piled side by side, what they are made of, and what a kWh came to.
import { Index, Show } from 'solid-js'
import type { UsagePiles } from '#domain/usage-piles.ts'
import type { UsageView } from '#domain/usage-view.ts'
import { Disclosure } from '../parts/disclosure.tsx'
import { ChannelList } from './channel-list.tsx'
import { PileChart } from './pile-chart.tsx'

export function WholePeriod(props: { usage: UsageView }) {
  return (
    <section aria-labelledby="whole">
      <h2 id="whole">{props.usage.kind === 'year' ? 'Month by month' : 'Day by day'}</h2>
      <Show when={props.usage.piles}>{(piles) => <Piles piles={piles()} />}</Show>
      <ChannelList rows={props.usage.rows} columns={props.usage.piles?.piles ?? []} />
      <p class="second after">{props.usage.average}</p>
      <Show when={props.usage.piles}>
        {(piles) => (
          <Disclosure label="The period by channel">
            <PileTable piles={piles()} />
          </Disclosure>
        )}
      </Show>
      <Show when={props.usage.tariffPeriods.length > 0}>
        <TariffPeriods usage={props.usage} />
      </Show>
    </section>
  )
}

function Piles(props: { piles: UsagePiles }) {
  const words = () =>
    props.piles.piles.map(({ text }, index, { length }) => ({ at: (index + 0.5) / length, text }))
  return (
    <>
      <p class="second">{props.piles.summary}</p>
      <PileChart columns={props.piles.piles} words={words()} summary={props.piles.summary} />
    </>
  )
}

function PileTable(props: { piles: UsagePiles }) {
  const has = (name: 'controlledLoad' | 'feedIn') => props.piles.table.some((row) => row[name] !== undefined)
  return (
    <table>
      <caption>What each cost</caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">General</th>
          <Show when={has('controlledLoad')}>
            <th scope="col">Controlled load</th>
          </Show>
          <Show when={has('feedIn')}>
            <th scope="col">Solar earned</th>
          </Show>
          <th scope="col">Supply</th>
          <th scope="col">All</th>
        </tr>
      </thead>
      <tbody>
        <Index each={props.piles.table}>
          {(row) => (
            <tr>
              <th scope="row">{row().name}</th>
              <td>{row().general}</td>
              <Show when={has('controlledLoad')}>
                <td>{row().controlledLoad}</td>
              </Show>
              <Show when={has('feedIn')}>
                <td>{row().feedIn}</td>
              </Show>
              <td>{row().fixed}</td>
              <td>{row().cost}</td>
            </tr>
          )}
        </Index>
      </tbody>
    </table>
  )
}

function TariffPeriods(props: { usage: UsageView }) {
  return (
    <table class="plain">
      <caption class="only-heard">General use by the network’s periods</caption>
      <thead>
        <tr>
          <th scope="col">Network period</th>
          <th scope="col">kWh</th>
          <th scope="col">per kWh</th>
          <th scope="col">cost</th>
        </tr>
      </thead>
      <tbody>
        <Index each={props.usage.tariffPeriods}>
          {(period) => (
            <tr>
              <th scope="row">{period().name}</th>
              <td>{period().kwh}</td>
              <td>{period().average}</td>
              <td>{period().cost}</td>
            </tr>
          )}
        </Index>
      </tbody>
    </table>
  )
}
