// A Pi without a battery for its clock, in the year 2010: nothing may be thrown away for its age, no old price may pass for the
// running one, and when the time is told, all is right again.
import type { HealthAnswer, NowAnswer } from '../../../backend/domain/contract.ts'
import { MINUTE_MS, SECOND_MS } from '../../../backend/domain/interval.ts'
import { DEMO_SITE } from '../../../backend/simulator/sites.ts'
import { comesUp } from './cuts.ts'
import { eventually, type House } from './house.ts'
import { judge } from './judge.ts'
import type { Witness } from './witness.ts'

const YEAR_2010_MS = Date.parse('2010-01-01T00:00:00Z')
const PATIENCE_MS = 10 * MINUTE_MS

export interface ClockReport {
  readonly rows: readonly (readonly [string, string])[]
  readonly troubles: readonly string[]
}

export async function wrongClock(house: House, witness: Witness): Promise<ClockReport> {
  const rows: [string, string][] = []
  const troubles: string[] = []
  const expect = (isRight: boolean, trouble: string) => void (isRight || troubles.push(`clock: ${trouble}`))
  const now = async () => (await (await fetch(`${house.dashboard}/api/now`)).json()) as NowAnswer
  /** Health after a refresh that is not the last one, of one of these outcomes. */
  const refreshed = (outcomes: readonly string[]) => {
    let before: string | undefined
    return eventually(
      house,
      async () => {
        const health = await witness.health()
        const started = health.lastSync?.startedAt ?? 'never'
        before ??= started
        return started !== before && outcomes.includes(health.lastSync?.outcome ?? '') && health
      },
      { withinMs: PATIENCE_MS },
    )
  }

  await house.connect(false)
  const startedMs = house.now()
  const machine = await house.switchOn(YEAR_2010_MS)
  const upSeconds = await comesUp(house, witness, machine, startedMs)
  expect(upSeconds !== undefined, 'in 2010 the machine did not come up')
  if (upSeconds === undefined) return { rows, troubles }
  const look = await eventually(house, () => house.look(), { withinMs: PATIENCE_MS })
  const year = look ? new Date(look.nowMs).getUTCFullYear() : 0
  expect(year === 2010, `the machine was to believe that it is 2010, and believes ${year}`)
  expect(look?.integrity === 'ok', `in 2010 the database is not whole: ${look?.integrity}`)

  await refreshed(['unreachable'])
  rows.push(await seen('2010, Amber not reached', { expectPrice: false }))
  await house.connect(true)
  const corrected = await refreshed(['ok', 'partial'])
  expect(corrected !== undefined, 'no refresh ended well in 2010')
  rows.push(await seen('2010, Amber reached', { expectPrice: true }))
  expect((corrected?.clockOffSeconds ?? 0) > 0, 'health does not say that the clock is wrong')
  await house.look(`/set-clock=${Math.round(house.now() / SECOND_MS)}`)
  const right = await refreshed(['ok', 'partial'])
  expect(right !== undefined, 'no refresh ended well after the time had been set')
  expect(right?.clockOffSeconds == null, `the clock is right, and health says ${right?.clockOffSeconds} s`)
  rows.push(await seen('set right', { expectPrice: true }))

  await witness.listen()
  await machine.cut(() => false)
  const told = witness.told()
  const found = house.autopsy()
  const losses = judge(told, found)
  rows.push(['cut', `${found.facts.size} facts there, ${losses.facts} of ${told.facts.size} told lost`])
  troubles.push(...losses.verdicts.map((verdict) => `clock: ${verdict}`))
  expect(losses.facts === 0, `${losses.facts} facts were thrown away`)
  return { rows, troubles }

  async function seen(when: string, { expectPrice }: { expectPrice: boolean }): Promise<[string, string]> {
    const health = await witness.health()
    const general = (await now()).channels.general
    const price = general?.centsPerKwh
    if (expectPrice) {
      expect(health.status === 'ok', `${when}: status ${health.status}`)
      expect(isRunning(general, house.now()), `${when}: the price shown is not of the running interval`)
      expect(isTrue(general, house), `${when}: ${price} c is not what Amber asks`)
    } else expect(price === undefined, `${when}: ${price} c passes for the running price`)
    return [when, words(health, general)]
  }
}

type General = NowAnswer['channels']['general']

const words = ({ status, source, clockOffSeconds }: HealthAnswer, general: General): string =>
  [
    `status ${status} from ${source}`,
    `price ${general?.state ?? 'unknown'}`,
    ...(clockOffSeconds ? [`clock ${Math.round(clockOffSeconds / 86_400)} days off`] : []),
  ].join(', ')

/** A little late is right: the interval may end between question and look. */
function isRunning(general: General, nowMs: number): boolean {
  if (!general || general.state === 'unknown') return false
  return (
    Date.parse(general.startAt ?? '') <= nowMs && nowMs < Date.parse(general.endAt ?? '') + 10 * SECOND_MS
  )
}

/** What is only an estimate may be anything. */
function isTrue(general: General, { amber }: House): boolean {
  if (general?.state !== 'confirmed') return true
  const startMs = Date.parse(general.startAt ?? '')
  const rows = amber.truth.prices(DEMO_SITE.id, { startMs, endMs: startMs + 1 })
  return rows.some((row) => row.channelType === 'general' && row.perKwh === general.centsPerKwh)
}
