// What only the page on the wall does: it goes dark by the hour, turns with the panel, opens the other screens when it is
// touched and comes back from them, says that it is drawn, and shows phones the way.
import type { JSX } from 'solid-js'
import { createComponent } from 'solid-js'
import { wallClock } from '#domain/calendar.ts'
import { holdsAt, type TimeRule } from '#domain/money/time-rule.ts'
import { DEFAULT_TIME_ZONE } from '#domain/time-zone.ts'
import type { NowView } from '#domain/view.ts'
import type { Address } from '../address.ts'
import '../look/turned.css'
import '../look/upright.css'
import type { AppState } from '../state.ts'
import type { Theme } from '../theme.ts'
import { DimBoard } from './dim-board.tsx'
import { hoursOf } from './hours.ts'
import { watchUse } from './in-use.ts'
import { createKitchen } from './kitchen.ts'
import { createWallLayout, type WallLayout } from './orientation.ts'

export interface Wall {
  layout: WallLayout
  /** Only the number and the clock are shown. */
  isDim: () => boolean
  isNight: (theme: Theme) => boolean
  drawDim: (view: () => NowView) => JSX.Element
  /** Where a phone begins; undefined: nobody needs to know now. */
  setupUrl: () => string | undefined
}

export interface WallDeps {
  readonly address: Address
  readonly state: Pick<AppState, 'view' | 'facts' | 'nowMs'>
}

const DIM_HOURS = '22-6'
const NIGHT_HOURS = '19-7'

export function createWall({ address, state }: WallDeps): Wall {
  const holds = (rule: TimeRule | undefined): boolean => {
    const timeZone = state.facts()?.household?.timeZone ?? DEFAULT_TIME_ZONE
    return rule !== undefined && holdsAt(rule, wallClock(state.nowMs(), timeZone))
  }
  const isDimHour = () => holds(hoursOf(address.query('dim'), DIM_HOURS))
  const isNightHour = () => holds(hoursOf(address.query('night'), NIGHT_HOURS))
  const isWoken = () => isInUse() || (address.query('wake') === 'spike' && isConfirmedSpike(state.view()))
  const isDim = () => isDimHour() && !isWoken()
  const isBoard = () => address.screen() === 'now'
  const isInUse = watchUse({
    isBoard,
    // In the dark the first touch is for the light.
    onPress: () => isDim() || address.go(address.to('plan')),
    onLeft: () => isBoard() || address.go(address.to('now')),
  })
  const { setupUrl } = createKitchen({
    isDrawn: () => document.querySelector('main') !== null,
    isSetupAsked: () => address.query('setup') === '1',
  })
  document.documentElement.dataset.wall = ''
  return {
    layout: createWallLayout(() => address.query('orientation')),
    isDim,
    isNight: (theme) => theme === 'night' || isDimHour() || (theme === 'auto' && isNightHour()),
    drawDim: (view) =>
      createComponent(DimBoard, {
        get view() {
          return view()
        },
        get nowMs() {
          return state.nowMs()
        },
      }),
    setupUrl,
  }
}

const isConfirmedSpike = (view: NowView | undefined): boolean =>
  view?.certainty === 'live' && view.price?.level === 6
