// The rules of the house that a compiler does not know. Each checker is also shown something it must refuse, so that
// none of them can fall silent.
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CODE, codeUnder, FILES, importsOf, isIn, type Source } from './source-files.ts'

const refused = (sources: readonly Source[], check: (source: Source) => string[]): string[] =>
  sources.flatMap((source) => check(source).map((trouble) => `${source.path}: ${trouble}`))

const IMPURE: readonly [RegExp, string][] = [
  [/\bDate\.now\b/, 'reads the clock'],
  [/\bnew Date\(\s*\)|(?<!new )\bDate\(\s*\)/, 'reads the clock'],
  [/\bperformance\b/, 'reads the clock'],
  [/\bMath\.random\b|\bcrypto\b/, 'throws dice'],
  [/\b(setTimeout|setInterval|queueMicrotask)\b/, 'waits'],
  [/\bconsole\./, 'prints'],
  [/\bfetch\(|\bXMLHttpRequest\b|\bWebSocket\b/, 'uses the network'],
  [/\b(process|globalThis|document|navigator|localStorage|indexedDB)\.(?!ts\b)/, 'reaches outside'],
  [/\bIntl\.DateTimeFormat\(\s*\)|\.toLocale\w*\(/, 'depends on where it runs'],
]

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '')

const impurities = ({ text }: Source): string[] =>
  IMPURE.filter(([pattern]) => pattern.test(withoutComments(text))).map(([, what]) => what)

const strayImports = (source: Source): string[] =>
  importsOf(source)
    .filter(({ target }) => !target.startsWith('backend/domain/'))
    .map(({ target }) => `imports ${target}`)

describe('the domain', () => {
  test('is pure: no clock, no dice, no input or output', () => {
    expect(refused(codeUnder('backend/domain'), impurities)).toEqual([])
  })

  test('imports nothing from outside its folder', () => {
    expect(refused(codeUnder('backend/domain'), strayImports)).toEqual([])
  })

  test.each([
    'const now = Date.now()',
    'const now = new Date()',
    'const age = performance.now()',
    'const id = Math.random()',
    'console.log(price)',
    'await fetch("/api/now")',
    'const zone = process.env.TZ',
    'const text = date.toLocaleString()',
  ])('may not say: %s', (text) => {
    expect(impurities({ path: 'backend/domain/x.ts', text })).not.toEqual([])
  })

  test.each(["import { readFileSync } from 'node:fs'", "import type { Row } from '../store/prices.ts'"])(
    'may not say: %s',
    (text) => expect(strayImports({ path: 'backend/domain/x.ts', text })).not.toEqual([]),
  )

  test('may read a given time', () => {
    expect(impurities({ path: 'backend/domain/x.ts', text: 'new Date(ms) // not Date.now()' })).toEqual([])
  })
})

/** Who may not reach whom; facts flow from Amber to the screen and imports point at the domain. */
const AGAINST_THE_FLOW: Readonly<Record<string, readonly string[]>> = {
  'backend/amber': [
    'backend/simulator',
    'backend/sync',
    'backend/store',
    'backend/http',
    'backend/commands',
    'frontend',
  ],
  'backend/simulator': [
    'backend/amber',
    'backend/sync',
    'backend/store',
    'backend/http',
    'backend/commands',
    'frontend',
  ],
  'backend/store': [
    'backend/amber',
    'backend/simulator',
    'backend/sync',
    'backend/http',
    'backend/commands',
    'frontend',
  ],
  'backend/sync': ['backend/simulator', 'backend/http', 'backend/commands', 'frontend'],
  'backend/http': ['backend/amber', 'backend/simulator', 'backend/sync', 'backend/commands', 'frontend'],
  'backend/commands': ['frontend'],
  'frontend/src/mirror': [
    'frontend/src/worker',
    'frontend/src/screens',
    'frontend/src/parts',
    'frontend/src/chart',
  ],
  'frontend/src/screens': ['frontend/src/mirror', 'frontend/src/worker'],
  'frontend/src/parts': ['frontend/src/mirror', 'frontend/src/worker', 'frontend/src/screens'],
  'frontend/src/chart': ['frontend/src/mirror', 'frontend/src/worker', 'frontend/src/screens'],
}

function againstTheFlow(source: Source): string[] {
  const [, forbidden = []] =
    Object.entries(AGAINST_THE_FLOW).find(([folder]) => isIn(source.path, folder)) ?? []
  return importsOf(source)
    .filter(({ target }) => forbidden.some((folder) => isIn(target, folder)))
    .map(({ target }) => `imports ${target}`)
}

/** The front end knows the backend's domain and nothing else of it. */
const throughTheWall = (source: Source): string[] =>
  importsOf(source)
    .filter(({ target }) => isIn(target, 'backend') && !isIn(target, 'backend/domain'))
    .map(({ target }) => `imports ${target}`)

/** The wiring is run by the entry that the command line names; its types may be spoken of. */
const wiringImports = (source: Source): string[] =>
  source.path === 'backend/home-energy.mjs'
    ? []
    : importsOf(source)
        .filter(
          ({ target, isType }) => !isType && /^(backend\/main\.ts|frontend\/src\/main\.tsx)$/.test(target),
        )
        .map(({ target }) => `imports ${target}`)

describe('imports', () => {
  test('are found at all', () => {
    const domain = refused(CODE, (source) => importsOf(source).map(({ target }) => target)).filter((found) =>
      found.includes(': backend/domain/'),
    )
    expect(domain.length).toBeGreaterThan(100)
    const text =
      "import {\n  a,\n  b,\n} from './b.ts'\nimport type { C } from '../c.ts'\nawait import('./d.ts')\nimport 'e'"
    expect(importsOf({ path: 'x/y/z.ts', text }).map(({ target }) => target)).toEqual([
      'x/y/b.ts',
      'x/c.ts',
      'x/y/d.ts',
      'e',
    ])
  })

  test('follow the flow of facts', () => {
    expect(refused(codeUnder('backend', 'frontend'), againstTheFlow)).toEqual([])
  })

  test('reach from the front end into the domain only', () => {
    expect(refused(codeUnder('frontend/src'), throughTheWall)).toEqual([])
  })

  test('leave the wiring to the entry', () => {
    expect(refused(codeUnder('backend', 'frontend'), wiringImports)).toEqual([])
  })

  test.each([
    ['backend/store/prices.ts', "import { sync } from '../sync/run.ts'", againstTheFlow],
    ['backend/amber/parse.ts', "import type { App } from '../http/app.ts'", againstTheFlow],
    ['frontend/src/screens/now.tsx', "import { createMirror } from '../mirror/mirror.ts'", againstTheFlow],
    ['frontend/src/state.ts', "import { openStore } from '../../backend/store/open.ts'", throughTheWall],
    ['backend/http/app.ts', "import { main } from '../main.ts'", wiringImports],
  ] as const)('of %s may not be: %s', (path, text, check) => {
    expect(check({ path, text })).not.toEqual([])
  })
})

const AMBERS_WORDS =
  /\b(perKwh|spotPerKwh|channelType|nemTime|startTime|endTime|advancedPrice|tariffInformation|channelIdentifier|intervalLength)\b/g

const ambersWords = ({ path, text }: Source): string[] =>
  isIn(path, 'backend/amber') || isIn(path, 'backend/simulator')
    ? []
    : [...text.matchAll(AMBERS_WORDS)].map(([word]) => word)

test('Amber’s own names stay where Amber is met', () => {
  expect(refused(codeUnder('backend', 'frontend'), ambersWords)).toEqual([])
  expect(ambersWords({ path: 'backend/http/now.ts', text: 'row.perKwh' })).toEqual(['perKwh'])
  expect(
    refused(codeUnder('backend/amber'), ({ text }) => text.match(AMBERS_WORDS) ?? []).length,
  ).toBeGreaterThan(0)
})

const LONGEST = 300

/** Tables, schemas and lists of cases may be longer. */
const TABLES: readonly RegExp[] = [/^tests\//, /^backend\/http\/openapi/]

const tooLong = ({ path, text }: Source): string[] => {
  const lines = text.split('\n').length - 1
  return lines > LONGEST && !TABLES.some((table) => table.test(path)) ? [`has ${lines} lines`] : []
}

const BANNED_WORDS = /^(utils?|helpers?|common|managers?|services?|data|info|misc|stuff|handle\w*)$/

/** A service worker is what the web calls it. */
const misnamed = ({ path }: Pick<Source, 'path'>): string[] => {
  const name = posix.basename(path).replace(/\.(test\.)?\w+$/, '')
  const words = name.replace('service-worker', 'worker').split(/[-.]/)
  const folders = posix.dirname(path).split('/')
  return [
    ...[...words, ...folders].filter((word) => BANNED_WORDS.test(word)).map((word) => `is called ${word}`),
    // systemd's templates end in an @.
    ...(/^(README|[a-z0-9]+([-.][a-z0-9]+)*@?)$/.test(name) ? [] : ['is not in kebab-case']),
  ]
}

describe('files', () => {
  test('are short enough to be read at once', () => {
    expect(refused(CODE, tooLong)).toEqual([])
    expect(tooLong({ path: 'backend/x.ts', text: '\n'.repeat(301) })).toEqual(['has 301 lines'])
  })

  test('are named for the thing or the act', () => {
    expect(
      refused(
        FILES.map((path) => ({ path, text: '' })),
        misnamed,
      ),
    ).toEqual([])
    for (const name of [
      'utils.ts',
      'price-helpers.ts',
      'handle-request.ts',
      'data/prices.ts',
      'PriceChart.tsx',
    ]) {
      expect(misnamed({ path: `backend/${name}` }), name).not.toEqual([])
    }
  })
})
