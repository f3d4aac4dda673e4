// The styles of the two layouts, each fetched where it is shown: most devices only ever show one of them.
import { createEffect, createRoot, createSignal, on } from 'solid-js'
import type { Layout } from './layout.ts'

const load = (isBoard: boolean): Promise<unknown> =>
  isBoard ? import('./look/kiosk.css') : import('./look/phone.css')

/** Resolves when what is to be shown can be; and keeps to it, while the other one's cannot be had. */
export async function styled<Shown extends Layout>(layout: Shown): Promise<Shown> {
  const first = layout.isBoard()
  await load(first).catch(() => undefined)
  const [isBoard, setBoard] = createSignal(first)
  const change = (wanted: boolean) =>
    load(wanted).then(
      () => setBoard(layout.isBoard()),
      () => undefined,
    )
  createRoot(() => createEffect(on(layout.isBoard, change, { defer: true })))
  return { ...layout, isBoard }
}

/** Where no worker keeps them, they are only safe in this page. */
export const loadAllStyles = (): Promise<unknown> => Promise.allSettled([load(true), load(false)])
