// In the place of ufo and destr, which ofetch brings for building addresses and reading JSON: this app does both itself, and
// they would be there twice, in the page and in its worker. Called all the same, they say so.
const leftOut = (): never => {
  throw new Error('left out of this build: ofetch is asked for text, by a whole address')
}

export const withBase = leftOut
export const withQuery = leftOut
export default leftOut
