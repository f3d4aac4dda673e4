import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from './temporary.ts'

const PROGRAM = join(import.meta.dirname, '../../backend/front-end-build.ts')

/** Puts a build of its own in place, many times over. */
const BUILDER = `
  const { mkdirSync, writeFileSync } = await import('node:fs')
  const { replaceFolder } = await import(${JSON.stringify(PROGRAM)})
  for (let build = 0; build < 300; build++) {
    const by = 'dist.building-' + process.pid
    mkdirSync(by)
    for (const name of ['index.html', 'app.js']) writeFileSync(by + '/' + name, 'whole')
    replaceFolder('dist', by)
  }
`

it('two that build at once, such as a start beside the tests, leave one whole build and nothing else', async () => {
  const folder = temporaryFolder()
  const builders = [1, 2, 3].map(() =>
    spawn(process.execPath, ['--input-type=module', '--eval', BUILDER], { cwd: folder, stdio: 'inherit' }),
  )
  const codes = builders.map((child) => new Promise((resolve) => child.once('exit', resolve)))
  expect(await Promise.all(codes)).toEqual([0, 0, 0])
  expect(readdirSync(folder)).toEqual(['dist'])
  expect(readdirSync(join(folder, 'dist')).sort()).toEqual(['app.js', 'index.html'])
})
