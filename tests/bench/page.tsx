// Runs in the browser: each measure says how long it took, in ms.
import { deleteDB, openDB } from 'idb'
import { createSignal } from 'solid-js'
import { render } from 'solid-js/web'
import uPlot from 'uplot'
import type { MirrorAnswer, MirrorHistoryAnswer } from '#domain/mirror.ts'
import { intervalsOfPriceDay } from '#domain/price-day.ts'
import { intervalsOfUsageDay } from '#domain/usage-day.ts'
import type { ChartView } from '#domain/view.ts'
import { PriceChart } from '../../frontend/src/chart/price-chart.tsx'
import { DATABASE } from '../../frontend/src/mirror/database.ts'
import { createMirrorSource } from '../../frontend/src/mirror/fetch.ts'
import { createMirror } from '../../frontend/src/mirror/mirror.ts'
import { createDiskStore } from '../../frontend/src/mirror/store.ts'
import { inventedChart } from '../frontend/screens/invented-chart.ts'
import { WEEKDAY } from '../frontend/screens/invented-prices.ts'
import '../../frontend/src/look/tokens.css'
import '../../frontend/src/look/look.css'
import '../../frontend/src/look/chart.css'

async function took(task: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await task()
  return performance.now() - began
}

/** Everything the Pi has, from an empty device to a copy that is whole. */
async function mirror(): Promise<number> {
  await deleteDB(DATABASE)
  return took(async () => {
    const copy = createMirror({
      store: createDiskStore({ replaceNewer: true }),
      source: createMirrorSource(),
      now: () => Date.now(),
      tell: () => {},
      withHistory: true,
    })
    const end = await copy.sync()
    await copy.settled()
    if (end !== 'synced') throw new Error(end)
  })
}

async function everyAnswer(): Promise<(MirrorAnswer | MirrorHistoryAnswer)[]> {
  const ask = async <T,>(path: string) => (await (await fetch(path, { cache: 'no-store' })).json()) as T
  const first = await ask<MirrorAnswer>('/api/mirror')
  const answers: (MirrorAnswer | MirrorHistoryAnswer)[] = [first]
  let before: string | null | undefined = first.historyBefore
  while (before) {
    const older: MirrorHistoryAnswer = await ask<MirrorHistoryAnswer>(`/api/mirror?before=${before}`)
    answers.push(older)
    before = older.before
  }
  return answers
}

const ROWS = 'rows'
const openRows = () =>
  openDB(ROWS, 1, {
    upgrade: (fresh) => void fresh.createObjectStore('row', { keyPath: ['kind', 'channel', 'endMs'] }),
  })

/** The straightforward copy: a record an interval, each answer in one transaction. */
async function rowByRow(): Promise<number> {
  await deleteDB(ROWS)
  return took(async () => {
    const database = await openRows()
    for (const { priceDays, usageDays } of await everyAnswer()) {
      const transaction = database.transaction('row', 'readwrite', { durability: 'relaxed' })
      for (const row of priceDays.flatMap(intervalsOfPriceDay))
        void transaction.store.put({ ...row, kind: 'price' })
      for (const row of usageDays.flatMap(intervalsOfUsageDay))
        void transaction.store.put({ ...row, kind: 'usage' })
      await transaction.done
    }
    database.close()
  })
}

const DAYS = 4

/** What the Now screen needs, as rows, from the mirror's copy. */
async function readDays(): Promise<number> {
  const store = createDiskStore({ replaceNewer: true })
  const { last } = await newest()
  return took(async () => {
    const { priceDays } = await store.read(() => last)
    return priceDays.flatMap(intervalsOfPriceDay).length
  })
}

async function readRows(): Promise<number> {
  const database = await openRows()
  const { fromMs } = await newest()
  const ms = await took(() =>
    Promise.all(
      ['general', 'feedIn'].map((channel) =>
        database.getAll('row', IDBKeyRange.bound(['price', channel, fromMs], ['price', channel, Infinity])),
      ),
    ),
  )
  database.close()
  return ms
}

async function newest(): Promise<{ last: string; fromMs: number }> {
  const database = await openDB(DATABASE)
  const dates = (await database.getAllKeys('priceDays')) as [string, string][]
  database.close()
  const last = [...new Set(dates.map(([date]) => date))].sort().at(-DAYS) ?? ''
  return { last, fromMs: Date.parse(`${last}T00:00:00+10:00`) }
}

const chartAt = (minutes: number): ChartView =>
  inventedChart({ profile: WEEKDAY, nowHour: 10 + minutes / 60, summary: 'a day' })

/** Two views in turn, as the minutes bring them; each is drawn once it is laid out. */
function drawing() {
  const place = () => {
    const element = document.body.appendChild(document.createElement('div'))
    element.style.cssText = 'width: 800px; height: 144px; display: grid; font-size: 15px'
    return element
  }
  const [ours, theirs] = [place(), place()]
  const [chart, setChart] = createSignal(chartAt(0))
  render(() => <PriceChart chart={chart()} />, ours)
  const plot = new uPlot(plotOptions, plotRows(chartAt(0)), theirs)
  let minutes = 0
  const nextView = () => {
    minutes = (minutes + 5) % 60
    return chartAt(minutes)
  }
  const drawOurs = () => {
    const next = nextView()
    const began = performance.now()
    setChart(next)
    ours.getBoundingClientRect()
    return performance.now() - began
  }
  const drawTheirs = async () => {
    const next = plotRows(nextView())
    const began = performance.now()
    plot.setData(next)
    // It draws in a microtask of its own.
    await undefined
    await undefined
    theirs.getBoundingClientRect()
    return performance.now() - began
  }
  return { drawOurs, drawTheirs }
}

const steppedPaths = uPlot.paths.stepped?.({ align: 1 }) as uPlot.Series.PathBuilder
const plotOptions: uPlot.Options = {
  width: 800,
  height: 144,
  legend: { show: false },
  cursor: { show: false },
  scales: { y: { range: [0, 80] } },
  series: [
    {},
    { stroke: '#101c26', width: 2, paths: steppedPaths, fill: '#2171b5' },
    { stroke: '#3f4c56', dash: [3, 3], paths: steppedPaths },
    { stroke: '#3f4c56', dash: [3, 3], paths: steppedPaths },
  ],
  bands: [{ series: [3, 2], fill: '#ddd' }],
}

const plotRows = ({ steps }: ChartView): uPlot.AlignedData => [
  steps.map(({ startMs }) => startMs / 1000),
  steps.map(({ cents }) => cents),
  steps.map(({ lowCents }) => lowCents ?? null),
  steps.map(({ highCents }) => highCents ?? null),
]

let drawn: ReturnType<typeof drawing> | undefined
const charts = () => {
  drawn ??= drawing()
  return drawn
}

const bench = {
  mirror,
  plainFetch: () => took(everyAnswer),
  rowByRow,
  readDays,
  readRows,
  drawOurs: async () => charts().drawOurs(),
  drawTheirs: async () => charts().drawTheirs(),
  /** So that nobody compares a drawing with nothing. */
  drawnPaths: () => document.querySelectorAll('.tide path').length,
}
export type Bench = typeof bench

declare global {
  interface Window {
    bench: Bench
  }
}
window.bench = bench
