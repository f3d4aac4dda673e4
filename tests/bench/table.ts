import { type Figure, ratioOf } from './figure.ts'

/** As Markdown, for the README. */
export const table = (figures: readonly Figure[]): string =>
  [
    '| what | ours | anchor | the anchor’s | ratio |',
    '| --- | ---: | --- | ---: | ---: |',
    ...figures.map((figure) => {
      const { what, ours, anchor, theirs, unit, spread } = figure
      const range = spread ? ` (${spread.map(ratioText).join('–')})` : ''
      return `| ${what} | ${amount(ours, unit)} | ${anchor} | ${amount(theirs, unit)} | ${ratioText(ratioOf(figure))}${range} |`
    }),
  ].join('\n')

const ratioText = (ratio: number): string => ratio.toPrecision(2).replace(/e.*/, '')

const amount = (value: number, unit: Figure['unit']): string =>
  unit === 'B' ? `${threeDigits(value / 1000)} kB` : `${threeDigits(value)} ms`

const threeDigits = (value: number): string => (value < 100 ? value.toPrecision(3) : value.toFixed(0))
