// How certain the number is: the same morning, known better and worse.
import type { NowPriceView, NowView } from '#domain/view.ts'
import { cents, live, NB, sentences, WORKING, windows } from './fixture-parts.ts'
import { inventedChart } from './invented-chart.ts'
import { WEEKDAY } from './invented-prices.ts'

const VERY_CHEAP: NowPriceView = {
  level: 2,
  word: 'Very cheap',
  figure: cents('19'),
  text: '19c',
  until: 'until 10:05',
  next: { caption: 'from 10:05', text: '18c' },
  remaining: 0.58,
  parts: 5,
}
const MORNING = {
  profile: WEEKDAY,
  nowHour: 10 + 2 / 60,
  nowCents: 19.2,
  demand: [15, 21, `Demand window 3\u20139${NB}pm`],
  best: [11.5, 13.5, 'Best 2 h: 15c'],
  labels: [[18.5, '58c', 'up to 75c']],
  summary: 'Price from 7 am to 1 am. Lowest 15c at 12:30 pm, highest 58c at 6:30 pm.',
} as const

export const LIVE: NowView = {
  certainty: 'live',
  demo: false,
  clock: '10:02',
  weekday: 'Tuesday',
  day: '24 November',
  shortDay: 'Tue 24',
  price: VERY_CHEAP,
  sentences: sentences(`Very cheap until 4${NB}pm. Dearest about 6:30${NB}pm: 58c.`),
  before: { caption: `At 9${NB}am`, short: `9${NB}am`, text: '24c' },
  facts: [
    { caption: 'Yesterday', text: '$6.84', note: 'energy only' },
    { caption: 'Dishwasher', text: 'Run it now', note: '21c' },
    { caption: 'EV, 22 kWh', text: `11${NB}am`, note: 'saves 14c' },
    { caption: 'Grid now', text: '63%', note: 'renewable' },
  ],
  yesterday: { caption: 'Yesterday', text: '$6.84', note: '21.4 kWh, energy only, 3 half hours estimated' },
  windows: windows(`11:30${NB}am`, '4c less per kWh'),
  readyBy: `by 7${NB}am`,
  status: live('10:00:24', `2${NB}minutes${NB}ago`),
  chart: inventedChart(MORNING),
}

export const ESTIMATE: NowView = {
  ...LIVE,
  certainty: 'estimate',
  price: { ...VERY_CHEAP, until: 'about', remaining: 0.96 },
  status: {
    mark: 'estimate',
    strong: 'Estimate.',
    text: 'Usually settles by 10:00:30',
    aged: 'Usually settles by 10:00:30',
    links: WORKING,
  },
  chart: inventedChart({ ...MORNING, isEstimate: true }),
}

export const DUE: NowView = {
  ...LIVE,
  certainty: 'stored',
  price: { ...VERY_CHEAP, word: 'Probably very cheap', until: `until 10:05${NB}am`, remaining: 0.98 },
  status: {
    mark: 'stored',
    strong: 'Forecast.',
    text: 'Confirmed price due by 10:00:30',
    aged: 'Confirmed price due by 10:00:30',
    links: WORKING,
  },
}

export const STORED: NowView = {
  ...LIVE,
  certainty: 'stored',
  clock: '4:31',
  price: {
    level: 3,
    word: 'Probably cheap',
    figure: cents('36'),
    text: '36c',
    until: `until 4:35${NB}pm`,
    next: { caption: 'between', text: '34 and 39c' },
    solarExport: { caption: 'Solar export', text: 'likely earns 17c' },
    remaining: 0.8,
    parts: 5,
  },
  sentences: sentences(
    `Forecast to rise to 58c about 6:30${NB}pm.`,
    `Forecast to rise to 58c about 6:30${NB}pm. Wait for 9:30${NB}pm.`,
    `About 36c, from 34c to 39c. Likely the dearest at 6:30${NB}pm, 28c by 11${NB}pm.`,
  ),
  before: { caption: `2:25${NB}pm, live`, short: `2:25${NB}pm`, text: '18c' },
  facts: [
    { caption: 'Yesterday about', text: '$6.84', note: 'in part' },
    { caption: 'Dishwasher', text: `11:30${NB}pm`, note: 'saves 23c' },
    { caption: 'EV, 22 kWh', text: `11:30${NB}pm`, note: 'in parts, saves $5.10' },
    { caption: 'Forecast ends', text: `4${NB}am`, note: 'Thursday' },
  ],
  yesterday: {
    caption: 'Yesterday',
    text: '$6.84',
    note: `18.3 kWh used, 22.7 kWh sold, with all charges, partly estimated, copy${NB}of${NB}2:25${NB}pm`,
  },
  windows: windows(`2${NB}am`, 'by the stored forecast'),
  status: {
    mark: 'stored',
    strong: 'Not live.',
    text: `Forecast made 2:25${NB}pm, 2${NB}h${NB}6${NB}min${NB}ago`,
    aged: `No internet since 2:29${NB}pm. Forecast made 2:25${NB}pm, 2${NB}h${NB}6${NB}min${NB}ago`,
    links: `No internet since 2:29${NB}pm. Pi working`,
  },
  chart: inventedChart({
    profile: WEEKDAY,
    nowHour: 16 + 31 / 60,
    storedFrom: 14 + 25 / 60,
    spread: 1.35,
    demand: [15, 21, `Demand window to 9${NB}pm`],
    best: [26, 28, 'Best 2 h: 26c'],
    labels: [[18.5, '58c', 'up to 81c']],
    summary: 'Stored forecast from 2:25 pm. Lowest 18c at 1:31 pm, highest 58c at 6:30 pm.',
  }),
}

export const UNKNOWN: NowView = {
  certainty: 'unknown',
  demo: false,
  clock: '5:14',
  weekday: 'Thursday',
  day: '26 November',
  shortDay: 'Thu 26',
  headline: 'No price',
  sentences: sentences(
    `Last known 18c, Tuesday 2:25${NB}pm.`,
    `Last known 18c, Tuesday 2:25${NB}pm. No internet since Tuesday 2:29${NB}pm.`,
  ),
  facts: [
    { caption: 'Yesterday', text: 'Not in yet' },
    { caption: 'Dishwasher', text: 'Can\u2019t tell', note: 'no price' },
    { caption: 'EV, 22 kWh', text: 'Can\u2019t tell', note: 'no price' },
    { caption: 'Forecast ended', text: `4${NB}am`, note: 'Thursday' },
  ],
  yesterday: { caption: 'Yesterday', text: 'Not in yet', note: 'usage comes once a day' },
  windows: windows('not known', 'no price'),
  readyBy: `by 7${NB}am`,
  status: {
    mark: 'unknown',
    strong: 'Unknown.',
    text: `The forecast ran out at 4${NB}am`,
    aged: `Amber\u2019s call limit is used up since Tuesday 12:29${NB}pm. The forecast ran out on Thursday at 4${NB}am`,
    links: `No internet since Tuesday 2:29${NB}pm. Pi working`,
  },
  chart: inventedChart({
    profile: WEEKDAY,
    nowHour: 5 + 14 / 60,
    storedFrom: 0,
    knownUntil: 4,
    spread: 1.35,
    dayName: 'Fri',
    summary:
      'Price from 2 am to 8 pm. Lowest 25c at 2:30 am, highest 26c at 3:30 am. Part of it has no price.',
  }),
}

export const EMPTY: NowView = {
  certainty: 'empty',
  demo: false,
  clock: '9:20',
  weekday: 'Monday',
  day: '23 November',
  shortDay: 'Mon 23',
  headline: 'No prices yet',
  sentences: sentences(
    `Amber accepted the token. First prices due by 9:25${NB}am.`,
    `Amber accepted the token. The first prices should be here by 9:25${NB}am.`,
  ),
  facts: UNKNOWN.facts.slice(0, 3).concat({ caption: 'Grid now', text: 'Not known' }),
  yesterday: UNKNOWN.yesterday,
  windows: windows('not known', 'no price'),
  readyBy: `by 7${NB}am`,
  status: {
    mark: 'unknown',
    strong: 'No data yet.',
    text: 'Nothing has been stored',
    aged: 'Nothing has been stored',
    links: WORKING,
  },
  setup: { text: '', link: 'What is still to come' },
}

export const DEMO: NowView = {
  ...LIVE,
  ...(LIVE.price && { price: { ...LIVE.price, solarExport: { caption: 'Solar export', text: 'earns 8c' } } }),
  demo: true,
  status: { ...LIVE.status, links: 'Invented prices. For your own, see Status' },
  setup: { text: '', link: 'Invented prices. For your own, see Status.' },
}
