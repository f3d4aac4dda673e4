// The room the layout gives the chart, in CSS pixels, followed as it changes.
import { createSignal, onCleanup, onMount } from 'solid-js'
import type { ChartFrame } from './plane.ts'

/** Undefined until it is laid out, and where there is no room at all. */
export function createChartFrame(element: () => HTMLElement): () => ChartFrame | undefined {
  const [frame, setFrame] = createSignal<ChartFrame>()
  const measure = () => setFrame(frameOf(element()))
  onMount(() => {
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element())
    onCleanup(() => observer.disconnect())
  })
  return frame
}

function frameOf(element: HTMLElement): ChartFrame | undefined {
  const { clientWidth, clientHeight } = element
  if (clientWidth === 0 || clientHeight === 0) return undefined
  const fontPx = Number.parseFloat(getComputedStyle(element).fontSize)
  return { widthPx: clientWidth, heightPx: clientHeight, fontPx, snapPx: 1 / devicePixelRatio }
}
