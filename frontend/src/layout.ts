// Which of the two layouts, as the window has it: the board where it lies on its side and is wide enough, else the phone's.
import { createSignal } from 'solid-js'

export interface Layout {
  isBoard: () => boolean
  /** 16:9 or wider: room for a longer sentence. */
  isWide: () => boolean
}

export function createLayout(isKitchen: boolean): Layout {
  const isLandscape = mediaSignal('(orientation: landscape) and (min-width: 700px)')
  const isWide = mediaSignal('(min-aspect-ratio: 17/10)')
  return { isBoard: () => isKitchen || isLandscape(), isWide }
}

function mediaSignal(query: string): () => boolean {
  const media = matchMedia(query)
  const [matches, setMatches] = createSignal(media.matches)
  media.addEventListener('change', () => setMatches(media.matches))
  return matches
}
