// Which forecast the app goes by, and how sure it is taken to be.
import { createDraft } from './draft.ts'
import { Choice, Form } from './form.tsx'
import type { PartProps } from './part.ts'

export function ForecastPart(props: PartProps) {
  const form = createDraft({
    settings: props.state.settings,
    current: () => {
      const { forecast, calibratedBand } = props.state.settings.current()
      return { forecast, band: calibratedBand ? ('here' as const) : ('amber' as const) }
    },
    read: ({ forecast, band }) => ({
      value: { forecast, calibratedBand: band === 'here' },
      problems: {},
    }),
  })
  return (
    <Form form={form} where={props.where}>
      <Choice
        label="The app goes by"
        options={[
          ['amber', 'Amber’s own forecast'],
          ['aemo', 'AEMO’s'],
        ]}
        value={form.draft().forecast}
        choose={(forecast) => form.change({ forecast })}
        hint={
          form.draft().forecast === 'amber'
            ? 'What Amber expects, with a low and a high end. Amber’s app may show AEMO’s.'
            : 'The price that follows from the market operator’s forecast, which Amber’s app shows.'
        }
      />
      <Choice
        label="How sure it is"
        options={[
          ['here', 'As measured here'],
          ['amber', 'As Amber says'],
        ]}
        value={form.draft().band}
        choose={(band) => form.change({ band })}
        hint={
          form.draft().band === 'here'
            ? 'After two weeks the band is drawn so that it holds eight prices in ten at this home.'
            : 'Amber’s low and high, as they come.'
        }
      />
      <p class="second">
        <a href={props.address.to('score')}>How good the forecasts were here</a>
      </p>
    </Form>
  )
}
