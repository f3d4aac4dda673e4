// Whether somebody is at the screen on the wall: from a press until a minute after the last sign of them.
import { createSignal } from 'solid-js'
import { MINUTE_MS } from '#domain/interval.ts'

export interface InUseDeps {
  /** Nothing on it can be pressed but all of it. */
  readonly isBoard: () => boolean
  /** The board was pressed. */
  readonly onPress: () => void
  readonly onLeft: () => void
}

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'scroll'] as const

export function watchUse({ isBoard, onPress, onLeft }: InUseDeps): () => boolean {
  const [isInUse, setInUse] = createSignal(false)
  let leaving: ReturnType<typeof setTimeout> | undefined
  const stay = () => {
    setInUse(true)
    clearTimeout(leaving)
    leaving = setTimeout(leave, MINUTE_MS)
  }
  const leave = () => {
    setInUse(false)
    onLeft()
  }
  const press = () => {
    if (isBoard()) onPress()
    stay()
  }
  document.addEventListener('click', press)
  document.addEventListener('keydown', ({ key }) => isBoard() && [' ', 'Enter'].includes(key) && press())
  const goOn = () => {
    if (isInUse() && !isBoard()) stay()
  }
  for (const sign of SIGNS) document.addEventListener(sign, goOn, { capture: true, passive: true })
  // Opened at another screen: it returns from there too.
  if (!isBoard()) stay()
  return isInUse
}
