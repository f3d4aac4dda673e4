// A folder of its own for each test that wants one (or for a whole suite), gone afterwards.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'

export function temporaryFolder(of: 'test' | 'suite' = 'test'): string {
  const folder = mkdtempSync(join(tmpdir(), 'home-energy-'))
  const clear = () => rmSync(folder, { recursive: true, force: true })
  if (of === 'test') onTestFinished(clear)
  else suiteFolders.push(clear)
  return folder
}

const suiteFolders: (() => void)[] = []
afterAll(() => {
  for (const clear of suiteFolders) clear()
})
