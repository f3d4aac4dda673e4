// Which of the account's sites this is, and whose clock it lives by.
import { createUniqueId, For, onMount, Show } from 'solid-js'
import { zoneText } from '#domain/settings/settings-rows.ts'
import { siteName } from '#domain/site-words.ts'
import { createDraft } from './draft.ts'
import { Choice, Form } from './form.tsx'
import type { PartProps } from './part.ts'

const ZONES = ['Sydney', 'Melbourne', 'Brisbane', 'Adelaide', 'Hobart', 'Broken_Hill', 'Darwin', 'Perth'].map(
  (city) => `Australia/${city}`,
)

export function HomePart(props: PartProps) {
  const id = createUniqueId()
  // The household's own, whichever site the rest of the screen is of.
  const household = () => props.state.another()?.own ?? props.state.facts()?.household
  const form = createDraft({
    settings: props.state.settings,
    current: () => {
      const { siteId = household()?.siteId ?? '', timeZone = '' } = props.state.settings.current()
      return { siteId, timeZone }
    },
    read: ({ siteId, timeZone }) => ({
      value: {
        timeZone: timeZone || undefined,
        // What the Pi chose by itself it may go on choosing.
        ...(siteId !== household()?.siteId && { siteId }),
      },
      problems: {},
    }),
  })
  onMount(() => void props.state.askSites())
  const known = () => props.state.sites() ?? []
  const sites = () => known().map((site) => [site.siteId, siteName(site, known())] as const)
  const pinned = () => known().find(({ isPinned }) => isPinned)
  const others = () => (household() ? known().filter(({ siteId }) => siteId !== household()?.siteId) : [])
  const zones = () => [...new Set([...ZONES, form.draft().timeZone].filter(Boolean))]
  // The owner's file on the Pi has the last word.
  const isHeldBack = () =>
    props.state.settings.state() === 'sent' &&
    [
      [props.state.settings.current().siteId, household()?.siteId],
      [props.state.settings.current().timeZone, household()?.timeZone],
    ].some(([wanted, is]) => wanted !== undefined && is !== undefined && wanted !== is)
  return (
    <Form form={form} where={props.where}>
      <Show
        when={sites().length > 0}
        fallback={<p class="second">Your Pi has not said which sites the account has.</p>}
      >
        <Show
          when={!pinned()}
          fallback={
            <p class="second">
              Your Pi’s own settings file names the site, AMBER_SITE_ID: {siteName(pinned()!, known())}.
            </p>
          }
        >
          <Choice
            label="Site"
            options={sites()}
            value={form.draft().siteId}
            choose={(siteId) => form.change({ siteId })}
            hint="As Amber names the network. Another site is another copy: this device fetches it anew."
          />
        </Show>
      </Show>
      <Show when={others().length > 0}>
        <p class="second">
          Without changing that, look at{' '}
          <For each={others()}>
            {(site, index) => (
              <>
                {index() > 0 && ' or '}
                <a href={props.address.to('now', { site: site.siteId })}>{siteName(site, known())}</a>
              </>
            )}
          </For>
          .
        </p>
      </Show>
      <div class="field-row">
        <label for={id}>Time zone of the home</label>
        <select id={id} onChange={({ currentTarget }) => form.change({ timeZone: currentTarget.value })}>
          <option value="" selected={form.draft().timeZone === ''}>
            That of the network
          </option>
          <For each={zones()}>
            {(zone) => (
              <option value={zone} selected={zone === form.draft().timeZone}>
                {zoneText(zone)}
              </option>
            )}
          </For>
        </select>
        <p class="second">For days, months and clock times.</p>
      </div>
      <Show when={isHeldBack()}>
        <p class="notice">
          Your Pi goes by AMBER_SITE_ID or TIME_ZONE in its own settings file, or has not followed yet.
        </p>
      </Show>
    </Form>
  )
}
