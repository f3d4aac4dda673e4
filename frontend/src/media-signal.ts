import { createSignal } from 'solid-js'

/** Whether a media query holds, followed as it changes. */
export function mediaSignal(query: string): () => boolean {
  const media = matchMedia(query)
  const [matches, setMatches] = createSignal(media.matches)
  media.addEventListener('change', () => setMatches(media.matches))
  return matches
}
