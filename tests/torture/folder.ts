import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** In memory where there is such a place: nothing here loses power, so that nothing has to reach a disk. */
export function createFolder(): { readonly path: string; remove(): void } {
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const path = mkdtempSync(join(parent, 'home-energy-torture-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
