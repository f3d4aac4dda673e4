// What a Pi says of itself on its worst day, and how forecasts turned out at their widest: all that Status and Forecast score
// may have to show.
import type { ForecastTallyAnswer, HealthAnswer, SyncAnswer } from '#domain/contract.ts'
import { EMPTY_TALLY } from '#domain/forecast/tally.ts'
import { tallyColumns } from '#domain/forecast/tally-columns.ts'
import type { SyncOutcome } from '#domain/household.ts'

export const sync = (
  startedAt: string,
  finishedAt: string | null,
  outcome: SyncOutcome,
  amberRequests: number,
): SyncAnswer => ({
  startedAt,
  finishedAt,
  outcome,
  message: null,
  amberRequests,
  quotaRemaining: 4,
})

const SYNCS = [
  sync('2026-10-01T09:55:20+10:00', '2026-10-01T09:55:47+10:00', 'ok', 2),
  sync('2026-10-01T09:50:20+10:00', '2026-10-01T09:54:40+10:00', 'rate-limited', 40),
  sync('2026-09-29T22:45:20+10:00', '2026-09-29T22:45:21+10:00', 'bad-answer', 1),
  sync('2026-09-29T22:40:20+10:00', '2026-09-29T22:40:50+10:00', 'unreachable', 3),
  sync('2026-09-12T22:35:20+10:00', '2026-09-12T22:36:20+10:00', 'unauthorised', 1),
]

export const APPLIANCE_HEALTH: HealthAnswer = {
  status: 'ok',
  source: 'live',
  cacheAgeSeconds: 253,
  demo: false,
  version: '10.20.30-beta.11',
  commit: 'abc1234',
  now: '2026-10-01T10:00:00+10:00',
  startedAt: '2025-08-03T10:00:00+10:00',
  prices: { intervalStart: null, intervalEnd: null, state: 'unknown', ageSeconds: null, forecastUntil: null },
  usage: { completeThroughDate: '2026-09-30', estimatedDays: 12, missingDays: 31 },
  lastSync: SYNCS[0]!,
  recentSyncs: SYNCS,
  quarantinedRows: 12_345,
  history: {
    prices: {
      backToDate: '2026-09-30',
      firstDate: '2017-01-01',
      complete: false,
      weeksFetched: 1,
      weeks: 512,
    },
    usage: { backToDate: '2026-09-30', firstDate: '2017-01-01', complete: false, weeksFetched: 1, weeks: 13 },
  },
  storage: { bytes: 1_234_567_890, freeBytes: 123_456_789_000 },
  lastBackup: {
    at: '2026-09-30T18:30:00+10:00',
    file: '/media/sam/A-very-long-name-of-a-memory-stick/backups/home-energy-of-the-kitchen-2026-09-30.backup',
  },
  certificate: {
    expiresAt: '2026-10-08T09:00:00+11:00',
    rootExpiresAt: '2036-01-02T00:00:00+11:00',
    renewsItself: true,
  },
  problems: [
    {
      code: 'certificate-ending',
      message:
        'The HTTPS certificate ends on 8 October and has not renewed itself. Without a new one phones cannot reach the Pi. Run "pi/https.sh" on the Pi; if that does not help, its log says why: journalctl --unit=home-energy-https.',
    },
    {
      code: 'sync-overdue',
      message:
        "No sync has run since 9:55 am. Check that its timer is active: systemctl list-timers 'home-energy*'.",
    },
  ],
}

/** Dollars out at six in the evening, cents at night: by every lead time, over a year. */
export const WIDE_TALLY: ForecastTallyAnswer = {
  fromDate: '2025-10-01',
  toDate: '2026-09-30',
  tally: tallyColumns({
    cells: EMPTY_TALLY.cells.map((hours, lead) =>
      hours.map((cell, hour) => {
        const offCents = (hour === 18 ? 1999 : 3) * (1 + lead / 3)
        return {
          ...cell,
          minutes: 60,
          bandMinutes: lead < 6 ? 60 : 0,
          aemoOff: 75 * offCents,
          aemoOffThere: 75 * offCents,
          amberOff: 60 * offCents,
          amberBias: 20 * offCents,
          withinMinutes: 33,
          spikeMinutes: hour === 18 ? 60 : 0,
          spikeCameMinutes: hour === 18 ? 40 : 0,
        }
      }),
    ),
    bins: EMPTY_TALLY.bins.map((counts) => counts.map((_, bin) => (bin > 20 && bin < 44 ? 60 : 0))),
    days: EMPTY_TALLY.days.map(() => 365),
  }),
}
