// What a household can set, run and ask is in the README, or this fails.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SETTINGS } from '../backend/config.ts'
import { SCREEN_PATHS } from '../backend/domain/screen-paths.ts'
import { API_ROUTES } from '../backend/http/app.ts'
import { LASTING } from '../frontend/src/address.ts'

const root = join(import.meta.dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}

describe('the README names', () => {
  it.each(SETTINGS)('the setting %s', (name) => expect(readme).toContain(`\`${name}\``))
  it.each(Object.keys(scripts))('the script %s', (name) =>
    expect(readme).toMatch(new RegExp(`npm (run )?${name}\\b`)),
  )
  it.each(API_ROUTES)('the route %s', (path) => expect(readme).toContain(path))
})

const sources = readdirSync(join(root, 'frontend/src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => readFileSync(join(root, 'frontend/src', path), 'utf8'))
const inAddresses = new Set(
  sources.flatMap((text) => [...text.matchAll(/\bquery\('(\w+)'\)/g)].map(([, name]) => name!)),
)

it.each([...LASTING, ...inAddresses])('the README names what an address may set: %s', (name) => {
  expect(readme).toMatch(new RegExp(`\`(/\\?)?${name}=`))
})

it.each(Object.values(SCREEN_PATHS))('the README names the screen %s', (path) => {
  expect(readme).toContain(`\`${path}\``)
})

it('the README shows only pictures that are there', () => {
  const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path]) => path as string)
  expect(pictures.length).toBeGreaterThan(0)
  for (const path of pictures) expect(readFileSync(join(root, path)).length).toBeGreaterThan(1000)
})

it('the README leads only to files that are there, the changelog among them', () => {
  const files = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path]) => path as string)
  expect(files).toContain('CHANGELOG.md')
  expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

it('the changelog begins with this version', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8')
  expect(/^## (\S+?),/m.exec(changelog)?.[1]).toBe(version)
})

it('the page on security names files that are there', () => {
  const page = readFileSync(join(root, 'docs/security.md'), 'utf8')
  const paths = [...page.matchAll(/`((?:backend|pi|systemd|tests)\/[\w./-]+)`/g)].map(
    ([, path]) => path as string,
  )
  expect(paths.length).toBeGreaterThan(25)
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
})
