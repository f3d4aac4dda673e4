// A QR code as a picture: one path, dark on light, with the quiet zone that readers need.
import { codewordsOf } from './codewords.ts'
import { matrixOf } from './matrix.ts'

const QUIET = 4

/** Undefined: the text is longer than 106 bytes. */
export function qrSvg(text: string): string | undefined {
  const codewords = codewordsOf(text)
  if (!codewords) return undefined
  const matrix = matrixOf(codewords)
  const size = matrix.length + 2 * QUIET
  const path = matrix
    .flatMap((line, row) =>
      line.map((isDark, column) => (isDark ? `M${column + QUIET} ${row + QUIET}h1v1h-1z` : '')),
    )
    .join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`
}
