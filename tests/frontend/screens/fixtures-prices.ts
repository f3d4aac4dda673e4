// What the number may be: a spike, below zero, dollars, and everything as wide as it gets.
import type { NowView } from '#domain/view.ts'
import { cents, dollars, live, NB, sentences, windows } from './fixture-parts.ts'
import { LIVE, STORED } from './fixtures-certainty.ts'
import { exportStretch, inventedChart } from './invented-chart.ts'
import { FLAT, NEGATIVE_NOON, SPIKE_EVENING, SUNDAY, WEEKDAY } from './invented-prices.ts'

export const SPIKE: NowView = {
  ...LIVE,
  clock: '6:41',
  weekday: 'Thursday',
  day: '26 November',
  shortDay: 'Thu 26',
  price: {
    level: 6,
    word: 'Spike',
    figure: dollars('17.02'),
    text: '$17.02',
    until: 'until 6:45',
    next: { caption: 'from 6:45', text: '$16.80' },
    remaining: 0.78,
    parts: 5,
  },
  sentences: sentences(
    `Turn off what you can. Under $1 by about 7:30${NB}pm.`,
    `Turn off what you can. Under $1 by about 7:30${NB}pm, at worst 8:30.`,
  ),
  before: { caption: `At 5:40${NB}pm`, short: `5:40${NB}pm`, text: '$1.68' },
  facts: [
    { caption: 'Yesterday', text: '$7.12', note: 'energy only' },
    { caption: 'Oven on, 2.4 kW', text: '$40.85', note: 'an hour' },
    { caption: 'Dishwasher', text: `10:30${NB}pm`, note: 'saves $6.37' },
    { caption: 'Grid now', text: '31%', note: 'renewable' },
  ],
  yesterday: { caption: 'Yesterday', text: '$7.12', note: '22.0 kWh, energy only' },
  windows: windows(`2${NB}am`, '27c instead of $17.02'),
  status: live('6:40:31', '30 seconds ago'),
  chart: inventedChart({
    profile: SPIKE_EVENING,
    nowHour: 18 + 41 / 60,
    nowCents: 1702,
    demand: [15, 21, `Demand window to 9${NB}pm`],
    best: [26, 28, 'Best 2 h: 27c'],
    labels: [[19, '$9.80', 'up to $12.54']],
    dayName: 'Fri',
    summary: 'Price from 3:30 pm to 9:30 am. Lowest 20c at 9:30 am, highest $17.02 at 6:30 pm.',
  }),
}

export const NEGATIVE: NowView = {
  ...LIVE,
  clock: '11:32',
  price: {
    level: 1,
    word: 'Paid to use',
    figure: cents('\u221213'),
    text: '\u221213c',
    until: 'until 11:35',
    next: { caption: 'from 11:35', text: '\u221212c' },
    remaining: 0.6,
    parts: 5,
  },
  sentences: sentences(
    `You earn 13c a kWh until 1:30${NB}pm.`,
    `You earn 13c a kWh until 1:30${NB}pm. Dearest about 6:30${NB}pm: 55c.`,
  ),
  before: { caption: `At 10:30${NB}am`, short: `10:30${NB}am`, text: '\u22125c' },
  windows: windows('now', '\u22128c per kWh'),
  chart: inventedChart({
    profile: NEGATIVE_NOON,
    nowHour: 11 + 32 / 60,
    nowCents: -13,
    best: [11.5, 13.5, 'Best 2 h: \u22127c'],
    labels: [
      [18.5, '55c', 'up to 70c'],
      [11.9, '\u22129c', 'paid to use'],
    ],
    summary: 'Price from 8:30 am to 2:30 am. Lowest −13c at 11:30 am, highest 55c at 6:30 pm.',
  }),
}

export const FEED_IN_COSTS: NowView = {
  ...LIVE,
  clock: '12:47',
  weekday: 'Sunday',
  day: '22 November',
  shortDay: 'Sun 22',
  price: {
    level: 1,
    word: 'Super cheap',
    figure: cents('14'),
    text: '14c',
    until: 'until 12:50',
    next: { caption: 'from 12:50', text: '14c' },
    solarExport: { caption: 'Solar export', text: 'costs 3c' },
    remaining: 0.58,
    parts: 5,
  },
  sentences: sentences(
    `Super cheap until 3${NB}pm. Exporting costs 3c.`,
    `Super cheap until 3${NB}pm. Exporting costs 3c: use your solar at home.`,
  ),
  before: { caption: `At 11:47${NB}am`, short: `11:47${NB}am`, text: '15c' },
  facts: [
    { caption: 'Yesterday', text: '$2.18', note: 'energy only' },
    { caption: 'Dishwasher', text: 'Run it now', note: '17c' },
    { caption: 'EV, 22 kWh', text: 'Charge now', note: '$3.47' },
    { caption: 'Grid now', text: '91%', note: 'renewable' },
  ],
  yesterday: { caption: 'Yesterday', text: '$2.18', note: '12.6 kWh used, 9.1 kWh sold, energy only' },
  windows: windows('now', '14c per kWh'),
  status: live('12:45:22', '1 minute ago'),
  chart: inventedChart({
    profile: SUNDAY,
    nowHour: 12 + 47 / 60,
    nowCents: 14.4,
    best: [12.75, 14.75, 'Best 2 h: 14c'],
    labels: [[18.5, '55c', 'up to 70c']],
    exports: [
      [9, 10, 2],
      [10, 15, -3],
      [15, 16, 2],
      [16, 17, 14],
      [17, 18, 28],
      [18, 20, 33],
      [20, 21, 22],
      [21, 23, 12],
      [23, 28, 8],
    ].map(([from, to, value]) => exportStretch(from!, to!, value!)),
    dayName: 'Mon',
    summary: 'Price from 9:30 am to 3:30 am. Lowest 14c at 1 pm, highest 55c at 6:30 pm.',
  }),
}

/** As much as a summer's afternoon of the demo has to say. */
export const DEMO_EXPORT: NowView = {
  ...FEED_IN_COSTS,
  demo: true,
  setup: { text: '', link: 'Invented prices. For your own, see Status.' },
  sentences: sentences(
    FEED_IN_COSTS.sentences.short,
    FEED_IN_COSTS.sentences.long,
    `Super cheap until 3${NB}pm. Dearest about 8${NB}pm: 36c. Exporting costs 3c: use your solar at home.`,
  ),
}

export const DEAR: NowView = {
  ...LIVE,
  clock: '6:12',
  price: {
    level: 5,
    word: 'Dear',
    figure: cents('56'),
    text: '56c',
    until: 'until 6:15',
    next: { caption: 'from 6:15', text: '57c' },
    remaining: 0.58,
    parts: 5,
  },
  sentences: sentences(
    `Dear until 7:30${NB}pm. Wait if you can: 28c from 11${NB}pm.`,
    `Dear until 7:30${NB}pm. Wait if you can: 28c from 11${NB}pm.`,
    `Dear until 7:30${NB}pm. Wait if you can: 28c from 11${NB}pm, 25c overnight.`,
  ),
  before: { caption: `At 5:10${NB}pm`, short: `5:10${NB}pm`, text: '42c' },
  windows: windows(`2${NB}am`, '30c less per kWh'),
  status: live('6:10:22', '2 minutes ago'),
  chart: inventedChart({
    profile: WEEKDAY,
    nowHour: 18 + 12 / 60,
    nowCents: 56.1,
    demand: [15, 21, `Demand window to 9${NB}pm`],
    best: [26, 28, 'Best 2 h: 26c'],
    labels: [[18.5, '58c', 'up to 69c']],
    summary: 'Price from 3 pm to 9 am. Lowest 20c at 9 am, highest 58c at 6:30 pm.',
  }),
}

/** A site billed by half hours, and a morning of which some is missing. */
export const HALF_HOURS: NowView = {
  ...LIVE,
  clock: '8:10',
  price: {
    level: 4,
    word: 'Normal',
    figure: cents('45'),
    text: '45c',
    until: 'until 8:30',
    remaining: 0.66,
    parts: 6,
  },
  sentences: sentences('About usual all morning.'),
  before: { caption: `At 7${NB}am`, short: `7${NB}am`, text: '46c' },
  chart: inventedChart({
    profile: FLAT,
    nowHour: 8 + 10 / 60,
    isHalfHourly: true,
    isEstimate: true,
    gap: [6, 7],
    demand: [15, 21, `Demand window 3\u20139${NB}pm`],
    best: [21, 23, 'Best 2 h: 44c'],
    labels: [[20.5, '46c', 'up to 61c']],
    summary: 'Price from 5 am to 11 pm. Lowest 44c at 5 am, highest 46c at 8:30 pm. Part of it has no price.',
  }),
}

/** Everything as wide as it gets. */
const WIDEST: NowView = {
  ...STORED,
  demo: true,
  clock: '12:48',
  weekday: 'Wednesday',
  day: '30 September',
  shortDay: 'Wed 30',
  sentences: sentences(
    `Maybe a spike about 12:30${NB}pm: $16.88. Wait for 10:30${NB}pm`,
    `Maybe a spike about 12:30${NB}pm: $16.88. Wait for 10:30${NB}pm if you can.`,
    `Forecast to come down to 88c about 10:30${NB}pm. Wait until Wednesday 10:30${NB}am if you can: 58c overnight.`,
  ),
  before: { caption: `30 September 10:48${NB}am, live`, short: `30 Sep 10:48${NB}am`, text: '$16.88' },
  facts: [
    { caption: 'Yesterday', text: '$28.86', note: 'earned, in part' },
    { caption: 'Oven on, 2.4 kW', text: '$40.85', note: 'an hour, maybe' },
    { caption: 'Dishwasher', text: `10:30${NB}pm`, note: 'saves $16.88' },
    { caption: 'Forecast ends', text: `10:30${NB}pm`, note: 'Wednesday' },
  ],
  yesterday: {
    caption: 'Yesterday',
    text: '$28.86',
    note: `earned, 28.8 kWh used, 36.8 kWh sold, energy only, 38 half hours missing, 8 half hours estimated, copy${NB}of${NB}Wednesday 10:48${NB}am`,
  },
  windows: windows(`10:30${NB}pm`, '88c instead of $16.88'),
  readyBy: `by 10:30${NB}am`,
  status: {
    mark: 'stored',
    strong: 'Not live.',
    text: `Forecast made Wednesday 10:48${NB}am`,
    aged: `Amber\u2019s call limit is used up since Wednesday 10:48${NB}am. Forecast made Wednesday 10:48${NB}am`,
    links: `Amber\u2019s call limit is used up since Wednesday 10:48${NB}am. Pi and internet working`,
  },
}

export const MOST_DOLLARS: NowView = {
  ...WIDEST,
  price: {
    level: 6,
    word: 'Maybe a spike',
    figure: dollars('19.99'),
    text: '$19.99',
    until: `until 12:55${NB}pm`,
    next: { caption: 'between', text: '$16.88 and $20.00' },
    remaining: 0.4,
    parts: 5,
  },
}

export const MINUS_DOLLARS: NowView = {
  ...WIDEST,
  certainty: 'live',
  price: {
    level: 1,
    word: 'Paid to use',
    figure: dollars('\u22121.10'),
    text: '\u2212$1.10',
    until: 'until 12:50',
    solarExport: { caption: 'Solar export', text: 'costs $1.06' },
    remaining: 1,
    parts: 5,
  },
}

export const LONGEST_WORDS: NowView = {
  ...WIDEST,
  price: {
    level: 1,
    word: 'Probably super cheap',
    figure: cents('\u221288'),
    text: '\u221288c',
    until: `until 12:55${NB}pm`,
    next: { caption: 'between', text: '\u2212$1.08 and \u221268c' },
    solarExport: { caption: 'Solar export', text: 'earns nothing' },
    remaining: 0.02,
    parts: 5,
  },
}
