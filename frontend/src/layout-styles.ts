// The styles of the two layouts, each fetched where it is shown: most devices only ever show one of them.
import { createEffect, createRoot, createSignal, on } from 'solid-js'
import type { Layout } from './layout.ts'

const loadBoard = () => import('./look/kiosk.css')
const loadPhone = () => import('./look/phone.css')
// Called by name: the minifier makes one import of two in a condition, and the build then leaves one of the files out.
const LOADERS = { board: loadBoard, phone: loadPhone }

const load = (isBoard: boolean): Promise<unknown> => LOADERS[isBoard ? 'board' : 'phone']()

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
