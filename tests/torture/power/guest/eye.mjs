// Inside the virtual machine: tells what no visitor of the dashboard could see, and sets the clock as a time server would.
// Plain JavaScript that imports nothing of the program it looks at.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'

const STATE = '/var/lib/home-energy-analysis'

createServer((request, response) => {
  try {
    const { pathname, searchParams } = new URL(request.url, 'http://eye')
    if (pathname === '/set-clock') execFileSync('date', ['--set', `@${searchParams.get('seconds')}`])
    response.end(JSON.stringify(look()))
  } catch (error) {
    response.statusCode = 500
    response.end(String(error))
  }
}).listen(5051)

function look() {
  return {
    nowMs: Date.now(),
    bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
    files: existsSync(STATE) ? readdirSync(STATE) : [],
    integrity: integrity(`${STATE}/cache.sqlite`),
    failedUnits: told('systemctl', ['list-units', '--failed', '--plain', '--no-legend'])
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(' ')[0]),
    uptimeSeconds: Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]),
  }
}

function integrity(path) {
  if (!existsSync(path)) return 'absent'
  try {
    const db = new DatabaseSync(path, { readOnly: true })
    const [row] = db.prepare('PRAGMA integrity_check(1)').all()
    db.close()
    return row.integrity_check
  } catch (error) {
    return String(error.message)
  }
}

function told(program, args) {
  try {
    return execFileSync(program, args, { encoding: 'utf8' })
  } catch (error) {
    return String(error.stdout ?? '')
  }
}
