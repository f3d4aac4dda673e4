// The large number. Its size is the largest that the layout has room for: the width in ems is handed to the style sheet.
import { Show } from 'solid-js'
import type { Figure } from '#domain/view.ts'
import { textEms } from './text-width.ts'

const MINUS = '\u2212'
/** Of the currency sign and of the unit, against the digits. */
const CURRENCY = 0.62
const UNIT = 0.26
const PER = '/kWh'

export function PriceFigure(props: { figure: Figure }) {
  // "−$1.10": the sign belongs before the currency.
  const sign = () => (props.figure.currency && props.figure.digits.startsWith(MINUS) ? MINUS : '')
  const digits = () => props.figure.digits.slice(sign().length)
  return (
    <p
      class="price"
      classList={{ dollars: props.figure.currency === '$' }}
      style={{ '--ems': figureEms(props.figure) }}
    >
      <span class="num">
        {sign()}
        <Show when={props.figure.currency}>
          <span class="currency">{props.figure.currency}</span>
        </Show>
        {digits()}
      </span>
      <span class="unit">
        {props.figure.unit}
        <small>{PER}</small>
      </span>
    </p>
  )
}

/** Of digits, currency and unit together, in ems of the digits. */
export const figureEms = ({ currency, digits, unit }: Figure): number =>
  textEms(digits) + textEms(currency) * CURRENCY + (textEms(unit) + textEms(PER) * 0.53 + 0.3) * UNIT
