// Stands in for the program in the tests of pi/: it behaves as behaviour.json of its commit says.
import { existsSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

const given = JSON.parse(readFileSync('behaviour.json', 'utf8'))
const behaviour = (process.env.LIVE ? given.live : given.smoke) ?? 'well'
const form = given.form ?? 1
const commit = readFileSync('COMMIT', 'utf8').slice(0, 7)
const startedAt = performance.timeOrigin

const COMMANDS = { serve, migrate, rename, status: () => console.log(`Status of ${commit}`) }
COMMANDS[process.argv[2]]()

async function serve() {
  if (process.env.AMBER_TOKEN) throw new Error('the server was given the token')
  if (behaviour === 'crashes') process.exit(1)
  if (behaviour === 'mute') return void setInterval(() => {}, 1000)
  // Only where it serves: the rest of it is begun hundreds of times, and this is most of a beginning.
  const { createServer } = await import('node:http')
  createServer((request, response) => answer(request.url, response)).listen(
    Number(process.env.PORT),
    '127.0.0.1',
    function () {
      console.log(`serve: http://localhost:${this.address().port}`)
    },
  )
}

function answer(path, response) {
  if (path === '/api/health') return response.end(JSON.stringify(health()))
  const file = path === '/' ? 'dist/index.html' : `dist${path}`
  const missing = behaviour === (path === '/' ? 'no-page' : 'no-asset') || !existsSync(file)
  response.writeHead(missing ? 404 : 200, {
    'content-type': path === '/' ? 'text/html' : 'text/javascript',
  })
  response.end(missing ? '' : readFileSync(file))
}

let answers = 0
function health() {
  return {
    status: behaviour === 'no-prices' || formOfDatabase() !== form ? 'unknown' : (given.status ?? 'ok'),
    source: 'live',
    version: '1.0.0',
    commit: behaviour === 'another-commit' ? 'fffffff' : commit,
    problems: given.problems ?? [],
    startedAt: behaviour === 'restless' ? startedAt + answers++ : startedAt,
  }
}

function formOfDatabase() {
  const db = new DatabaseSync(process.env.SQLITE_PATH)
  try {
    return db.prepare('PRAGMA user_version').get().user_version
  } catch {
    return undefined
  } finally {
    db.close()
  }
}

function rename() {
  const db = new DatabaseSync(process.env.SQLITE_PATH)
  if (formOfDatabase() !== form) throw new Error('not of my form')
  db.exec('UPDATE name SET value = value + 1')
  db.close()
}

function migrate() {
  const db = new DatabaseSync(process.env.SQLITE_PATH)
  if (formOfDatabase() > form) throw new Error('written by a newer version')
  if (behaviour === 'cannot-migrate') throw new Error('no')
  if (formOfDatabase() < form) db.exec(`INSERT INTO fact VALUES (100); PRAGMA user_version = ${form}`)
  db.close()
}
