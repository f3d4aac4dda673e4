// How wide a text is in Archivo, in ems: so that the largest type that fits is chosen without asking the browser, and
// without a second layout. Advances of weight 640 with tabular figures, the widest that is set; so never too narrow.
const ADVANCES: readonly (readonly [ems: number, characters: string])[] = [
  [0.21, ' \u00a0'],
  [0.28, "ijlI'\u2019"],
  [0.32, '.,f/t\u00b7'],
  [0.37, ':r'],
  [0.5, '\u2013'],
  [0.57, 'aceksvxyz$'],
  [0.6, 'bdghnopqu0123456789LJ'],
  [0.64, 'FT'],
  [0.65, '\u2212'],
  [0.8, 'wGOQ'],
  [0.88, 'mM'],
  [0.97, 'W%'],
]
const OTHER_EMS = 0.73
const EMS_OF = new Map(ADVANCES.flatMap(([ems, characters]) => [...characters].map((one) => [one, ems])))

export function textEms(text: string): number {
  let ems = 0
  for (const character of text) ems += EMS_OF.get(character) ?? OTHER_EMS
  return ems
}
