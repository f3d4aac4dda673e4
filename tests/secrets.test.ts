import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DEMO_TOKEN } from '../backend/simulator/server.ts'

it('no built file knows of a token, of Amber’s address or of a machine it was built on', () => {
  const root = join(import.meta.dirname, '..')
  const files = globSync('dist/**/*.*', { cwd: root }).filter((file) => !file.endsWith('.txt'))
  expect(files.length).toBeGreaterThan(5)
  for (const file of files) {
    const text = readFileSync(join(root, file), 'latin1')
    for (const secret of [DEMO_TOKEN, 'psk_', 'AMBER_TOKEN', 'api.amber.com.au', root])
      expect([file, text.includes(secret)]).toEqual([file, false])
  }
})
