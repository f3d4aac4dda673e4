// The browser's tests look at the app as it is shipped: built once before all of them, if its source has changed.
import { join } from 'node:path'
import { buildFrontEnd } from '../backend/front-end-build.ts'

export default async function setup(): Promise<void> {
  await buildFrontEnd(join(import.meta.dirname, '..'))
}
