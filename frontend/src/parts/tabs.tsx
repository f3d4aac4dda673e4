// The five screens a household goes to and fro between; what stands in none of them is reached from within one.
import { For } from 'solid-js'
import type { ScreenName } from '#domain/screen-paths.ts'
import type { Address } from '../address.ts'

const TABS: readonly { screen: ScreenName; text: string; holds: readonly ScreenName[] }[] = [
  { screen: 'now', text: 'Now', holds: [] },
  { screen: 'plan', text: 'Plan', holds: ['score'] },
  { screen: 'usage', text: 'Usage', holds: [] },
  { screen: 'worth', text: 'Worth it', holds: [] },
  { screen: 'status', text: 'Status', holds: ['settings'] },
]

export function Tabs(props: { address: Address }) {
  const current = (tab: (typeof TABS)[number]) => {
    const shown = props.address.screen()
    if (tab.screen === shown) return 'page'
    return tab.holds.includes(shown) ? 'true' : undefined
  }
  return (
    <nav class="tabs" aria-label="Screens">
      <For each={TABS}>
        {(tab) => (
          <a href={props.address.to(tab.screen)} aria-current={current(tab)}>
            {tab.text}
          </a>
        )}
      </For>
    </nav>
  )
}
