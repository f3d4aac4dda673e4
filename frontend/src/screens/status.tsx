// How the three links are, what is kept where, and what to do about what is wrong.
import { createMemo, Index, onCleanup, Show } from 'solid-js'
import { MINUTE_MS } from '#domain/interval.ts'
import '../look/pages.css'
import { createLatest } from '../parts/latest.ts'
import { type Limitation, LimitationText, limitationOf } from '../parts/limitation.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Rows } from '../parts/rows.tsx'
import { Said } from '../parts/said.tsx'
import { UpdateOffer } from '../parts/update-offer.tsx'
import type { ScreenProps } from '../screens.tsx'
import type { Chain } from '../status/chain.ts'
import { deviceState } from '../status/device.ts'
import { type StatusReport, statusReport } from '../status/report.ts'
import type { SyncLine } from '../status/sync-lines.ts'

export default function Status(props: ScreenProps) {
  const copy = createLatest(props.state.nowMs, props.state.copyReport)
  const report = createMemo(() => {
    const facts = props.state.facts()
    return facts && statusReport(facts, props.state.nowMs(), props.state.health(), deviceState(copy()))
  })
  keepAsking(props.state.askHealth)
  return (
    <Show when={report()}>
      {(shown) => (
        <main class="page">
          <div>
            <PageHead demo={props.view.demo} sentence={shown().sentence} />
            <ChainList chain={shown().chain} />
            <UpdateOffer update={props.state.update} />
          </div>
          <div>
            <FirstSteps report={shown()} />
            <Problems report={shown()} limitation={limitationOf(props.state.limitation())} />
            <Show when={shown().heardAt} fallback={<Rows rows={[...shown().ownRows, ...shown().rows]} />}>
              {(heardAt) => (
                <>
                  <Rows rows={shown().ownRows} />
                  <p class="second heard">What your Pi said {heardAt()}:</p>
                  <Rows rows={shown().rows} />
                </>
              )}
            </Show>
            <Syncs syncs={shown().syncs} />
            <ul class="go">
              <li>
                <a href={props.address.to('settings')}>Settings</a>
              </li>
              <li>
                <a href={props.address.to('score')}>How good the forecasts were</a>
              </li>
            </ul>
          </div>
        </main>
      )}
    </Show>
  )
}

/** While somebody looks: the Pi’s own word is asked for nowhere else. */
function keepAsking(ask: () => Promise<void>): void {
  void ask()
  const timer = setInterval(ask, MINUTE_MS)
  onCleanup(() => clearInterval(timer))
}

function ChainList(props: { chain: Chain }) {
  return (
    <ol class="chain">
      <Index each={props.chain.nodes}>
        {(node, i) => (
          <>
            <li class="node">
              <b>{node().name}</b>
              <span>{node().note}</span>
            </li>
            <Show when={props.chain.links[i]}>
              {(link) => (
                <li class={`link ${link().state}`}>
                  <b>{link().word}</b>
                  <span>{link().text}</span>
                </li>
              )}
            </Show>
          </>
        )}
      </Index>
    </ol>
  )
}

function Syncs(props: { syncs: readonly SyncLine[] }) {
  return (
    <Show when={props.syncs.length > 0}>
      <h2 id="syncs">Last syncs</h2>
      <table class="plain syncs" aria-labelledby="syncs">
        <thead>
          <tr>
            <th scope="col">Began</th>
            <th scope="col">Took</th>
            <th scope="col">Calls</th>
            <th scope="col">How it ended</th>
          </tr>
        </thead>
        <tbody>
          <Index each={props.syncs}>
            {(sync) => (
              <tr>
                <th scope="row">{sync().when}</th>
                <td>{sync().took}</td>
                <td>{sync().calls}</td>
                <td>{sync().end}</td>
              </tr>
            )}
          </Index>
        </tbody>
      </table>
    </Show>
  )
}

function FirstSteps(props: { report: StatusReport }) {
  return (
    <>
      <Show when={props.report.steps.length > 0}>
        <section aria-labelledby="steps">
          <h2 id="steps">The first hours</h2>
          <ol class="steps">
            <Index each={props.report.steps}>
              {(step) => (
                <li classList={{ done: step().isDone }}>
                  <b>{step().text}</b> <span>{step().isDone ? 'done' : 'not yet'}</span>
                  <p class="second">
                    <Said text={step().note} />
                  </p>
                  <Show when={step().share !== undefined}>
                    <progress aria-label={step().text} value={step().share} />
                  </Show>
                </li>
              )}
            </Index>
          </ol>
        </section>
      </Show>
      <Show when={props.report.ownSteps.length > 0}>
        <section aria-labelledby="own">
          <h2 id="own">To see your own prices</h2>
          <ol class="own">
            <Index each={props.report.ownSteps}>
              {(text) => (
                <li>
                  <Said text={text()} />
                </li>
              )}
            </Index>
          </ol>
        </section>
      </Show>
    </>
  )
}

function Problems(props: {
  report: { problems: readonly { message: string }[] }
  limitation: Limitation | undefined
}) {
  return (
    <Show when={props.report.problems.length > 0 || props.limitation}>
      <section aria-labelledby="problems">
        <h2 id="problems">What needs you</h2>
        <ul class="problems">
          <Index each={props.report.problems}>
            {(problem) => (
              <li>
                <Said text={problem().message} />
              </li>
            )}
          </Index>
          <Show when={props.limitation}>
            {(limitation) => (
              <li>
                <LimitationText limitation={limitation()} />
              </li>
            )}
          </Show>
        </ul>
      </section>
    </Show>
  )
}
