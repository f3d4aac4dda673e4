// The certificate's scripts with the real OpenSSL, on a machine that is called and addressed as the test says.
import { execFileSync, spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../backend/temporary.ts'
import { forge, hasOpenssl, type MachineNames, machineCalled, runCertificate, stub } from '../certificates.ts'

const ROOT = join(import.meta.dirname, '../..')
const DAY = 24 * 60 * 60 * 1000
const HOME = { name: 'kitchen', addresses: ['192.168.1.20'] }

function home() {
  const scratch = temporaryFolder()
  const folder = join(scratch, 'https')
  const path = (name: string) => join(folder, name)
  return {
    scratch,
    folder,
    path,
    run: (machine: MachineNames = HOME, ...args: string[]) =>
      runCertificate(folder, machineCalled(scratch, machine), ...args),
    root: () => new X509Certificate(readFileSync(path('root.crt'))),
    server: () => new X509Certificate(readFileSync(path('server.pem'))),
    names: () =>
      new X509Certificate(readFileSync(path('server.pem'))).subjectAltName
        ?.split(', ')
        .map((name) => name.replace(/^(DNS|IP Address):/, '')),
    verifies: (certificate: string) =>
      spawnSync('openssl', ['verify', '-x509_strict', '-CAfile', path('root.crt'), certificate], {
        encoding: 'utf8',
      }),
  }
}

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
const textOf = (path: string) =>
  execFileSync('openssl', ['x509', '-in', path, '-noout', '-text'], { encoding: 'utf8' })

describe.skipIf(!hasOpenssl)('the certificate (skipped where OpenSSL is not installed)', () => {
  it('is made at once: a root that may vouch for this home alone, and what the server shows', () => {
    const { run, root, server, names, path, verifies } = home()
    expect(run()).toMatchObject({ status: 0, said: expect.stringContaining('there was none') })
    expect(root().ca).toBe(true)
    const text = textOf(path('root.crt'))
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/)
    expect(text).toMatch(
      /Name Constraints: critical\s+Permitted:\s+DNS:kitchen\.local\s+DNS:localhost\s+IP:10\.0\.0\.0/,
    )
    expect(names()).toEqual(['kitchen.local', 'localhost', '192.168.1.20'])
    expect(verifies(path('server.pem')).status).toBe(0)
    const days = (Date.parse(server().validTo) - Date.parse(server().validFrom)) / DAY
    expect(days).toBeLessThanOrEqual(825)
    expect(days).toBeGreaterThan(700)
    expect(textOf(path('server.pem'))).toMatch(/TLS Web Server Authentication/)
  })

  it('keeps its keys to those who need them', () => {
    const { run, path, folder } = home()
    run()
    expect(mode(path('root.key'))).toBe('600')
    expect(mode(path('server.pem'))).toBe('640')
    expect(mode(path('root.crt'))).toBe('644')
    expect(readdirSync(folder).sort()).toEqual(['lock', 'name', 'root.crt', 'root.key', 'server.pem'])
  })

  it('stays as it is while nothing is due, also when an address has gone for a while', () => {
    const { run, path } = home()
    run()
    const before = ['root.crt', 'root.key', 'server.pem'].map((name) => readFileSync(path(name), 'utf8'))
    expect(run().said).not.toContain('new')
    expect(run({ name: 'kitchen', addresses: [] }).said).not.toContain('new')
    expect(['root.crt', 'root.key', 'server.pem'].map((name) => readFileSync(path(name), 'utf8'))).toEqual(
      before,
    )
  })

  it('is new when the router gives the machine another address, under the same root', () => {
    const { run, names, root, path, verifies } = home()
    run()
    const { fingerprint256 } = root()
    expect(run({ name: 'kitchen', addresses: ['192.168.1.77', '10.0.0.5'] }).said).toContain('did not name')
    expect(names()).toEqual(['kitchen.local', 'localhost', '192.168.1.77', '10.0.0.5'])
    expect(root().fingerprint256).toBe(fingerprint256)
    expect(verifies(path('server.pem')).status).toBe(0)
  })

  it('names no address that is not inside a home: a public one, a link-local one, one of IPv6', () => {
    const { run, names } = home()
    run({
      name: 'kitchen',
      addresses: ['203.0.113.9', '169.254.1.1', '172.32.0.1', 'fd00::2', '2001:db8::1', '172.31.255.1'],
    })
    expect(names()).toEqual(['kitchen.local', 'localhost', '172.31.255.1'])
  })

  it('is new 60 days before its end, and not 70 days before', () => {
    const { run, folder, scratch, path } = home()
    run()
    const replaceBy = (days: number) => {
      const forged = forge(
        folder,
        join(scratch, `short-${days}`),
        'DNS:kitchen.local,DNS:localhost,IP:192.168.1.20',
        days,
      )
      writeFileSync(
        path('server.pem'),
        readFileSync(join(forged, 'key'), 'utf8') + readFileSync(join(forged, 'crt'), 'utf8'),
      )
      return run().said
    }
    expect(replaceBy(70)).not.toContain('new')
    expect(replaceBy(59)).toContain('about to end')
    expect(run().said).not.toContain('new')
  })

  it.each(['DNS:bank.example', 'DNS:other.local', 'IP:203.0.113.9', 'DNS:kitchen.local.evil.example'])(
    'of a thief who has the root, for %s, is refused',
    (subject) => {
      const { run, folder, scratch, verifies } = home()
      run()
      const forged = join(forge(folder, join(scratch, 'forged'), subject), 'crt')
      const { status, stderr } = verifies(forged)
      expect(status).not.toBe(0)
      expect(stderr).toContain('permitted subtree violation')
      const fair = join(forge(folder, join(scratch, 'fair'), 'DNS:kitchen.local'), 'crt')
      expect(verifies(fair).status).toBe(0)
    },
  )

  it('names the machine barely only where that can be nobody’s domain', () => {
    for (const [name, isNamed] of [
      ['raspberrypi', true],
      ['kitchen-pi', true],
      ['pi5', true],
      ['energy', false],
      ['com', false],
    ] as const) {
      const { run, names, path } = home()
      run({ name })
      expect([name, names()?.includes(name)]).toEqual([name, isNamed])
      expect(textOf(path('root.crt')).includes(`DNS:${name}\n`)).toBe(isNamed)
    }
  })

  it('keeps the name that the phones know when the machine is called otherwise, and says so', () => {
    const { run, names } = home()
    run()
    const { status, said } = run({ name: 'garage' })
    expect([status, said]).toEqual([0, expect.stringContaining('called garage and its certificate kitchen')])
    expect(names()).toContain('kitchen.local')
  })

  it('begins anew with another name only when it is told so', () => {
    const { run, names, root } = home()
    run()
    const { fingerprint256 } = root()
    expect(run(HOME, '--name', 'garage')).toMatchObject({
      status: 64,
      said: expect.stringContaining('--new-root'),
    })
    expect(root().fingerprint256).toBe(fingerprint256)
    expect(run(HOME, '--name', 'garage', '--new-root').status).toBe(0)
    expect(root().fingerprint256).not.toBe(fingerprint256)
    expect(names()).toContain('garage.local')
  })

  it('is not made by a clock that is not set, and is once it is', () => {
    const { run, path } = home()
    const early = run({ ...HOME, clock: 1_262_304_000 })
    expect(early).toEqual({ status: 75, said: expect.stringContaining('clock is not set') })
    expect(existsSync(path('root.crt'))).toBe(false)
    expect(run().status).toBe(0)
    expect(run({ ...HOME, clock: 1_262_304_000 }).status).toBe(0)
  })

  it('is whole after a start that was cut off half way', () => {
    const { run, path, verifies, scratch, folder } = home()
    const bin = machineCalled(scratch, HOME)
    stub(bin, 'mv', 'kill -9 $PPID')
    runCertificate(join(scratch, 'https'), bin)
    expect(existsSync(path('root.crt'))).toBe(false)
    stub(bin, 'mv', 'exec /bin/mv "$@"')
    expect(run().status).toBe(0)
    expect(verifies(path('server.pem')).status).toBe(0)
    expect(readdirSync(folder).filter((name) => name.startsWith('making'))).toEqual([])
  })

  it('refuses a name that is none', () => {
    const { run } = home()
    for (const name of ['a b', 'x.y', '-x', '$(id)'])
      expect(run(HOME, '--name', name)).toMatchObject({ status: 64 })
  })
})

describe.skipIf(!hasOpenssl)('pi/https.sh (skipped where OpenSSL is not installed)', () => {
  /** Root's part happens inside DESTDIR, and systemctl only notes what it is told. */
  function appliance() {
    const scratch = temporaryFolder()
    const destination = join(scratch, 'destination')
    const bin = machineCalled(scratch, HOME)
    stub(bin, 'systemctl', `echo "$*" >>"${scratch}/systemctl"`)
    stub(bin, 'sudo', 'shift; exec "$@"')
    const run = (...args: string[]) => {
      const { status, stdout, stderr } = spawnSync(join(ROOT, 'pi/https.sh'), args, {
        encoding: 'utf8',
        env: { ...process.env, DESTDIR: destination, PATH: `${bin}:${process.env.PATH}` },
      })
      return { status, said: stdout + stderr }
    }
    return { run, scratch, at: (path: string) => join(destination, path) }
  }

  it('makes the certificate, lets systemd renew it with a program that root owns, and says where a phone begins', () => {
    const { run, at, scratch } = appliance()
    const { status, said } = run()
    expect(status).toBe(0)
    expect(said).toContain('http://kitchen.local:5050/setup')
    const { fingerprint256 } = new X509Certificate(
      readFileSync(at('etc/home-energy-analysis/https/root.crt')),
    )
    expect(said).toContain(fingerprint256)
    expect(run('--fingerprint').said.trim()).toBe(fingerprint256)
    const unit = readFileSync(at('etc/systemd/system/home-energy-https.service'), 'utf8')
    const [, program = ''] = /^ExecStart=(\S+)/m.exec(unit) ?? []
    expect(mode(at(program.slice(1)))).toBe('755')
    expect(readFileSync(join(scratch, 'systemctl'), 'utf8')).toContain('enable --now home-energy-https.timer')
  })

  it('run again changes nothing', () => {
    const { run, at } = appliance()
    run()
    const before = readFileSync(at('etc/home-energy-analysis/https/server.pem'), 'utf8')
    expect(run().status).toBe(0)
    expect(readFileSync(at('etc/home-energy-analysis/https/server.pem'), 'utf8')).toBe(before)
  })

  it('with --dry-run says what it would do and does nothing', () => {
    const { run, at } = appliance()
    expect(run('--dry-run')).toMatchObject({ status: 0, said: expect.stringContaining('would run') })
    expect(existsSync(at(''))).toBe(false)
  })

  it('with --folder needs no root and leaves systemd alone', () => {
    const { run, scratch, at } = appliance()
    expect(run('--folder', join(scratch, 'mine')).status).toBe(0)
    expect(existsSync(join(scratch, 'mine/server.pem'))).toBe(true)
    expect(existsSync(at(''))).toBe(false)
    expect(existsSync(join(scratch, 'systemctl'))).toBe(false)
  })

  it('says so when it is asked to compare what is not there yet', () => {
    expect(appliance().run('--fingerprint')).toMatchObject({
      status: 1,
      said: expect.stringContaining('there is no certificate yet: pi/https.sh makes it'),
    })
  })

  it('explains itself when it is asked something else', () => {
    expect(appliance().run('--frobnicate')).toMatchObject({
      status: 64,
      said: expect.stringContaining('usage:'),
    })
  })
})

const hasAnalyze = spawnSync('systemd-analyze', ['--version']).status === 0
describe.skipIf(!hasAnalyze)('the units of https (skipped where systemd-analyze is not installed)', () => {
  it('are understood without a word, and are boxed in', () => {
    const folder = temporaryFolder()
    const units = ['home-energy-https.service', 'home-energy-https.timer'].map((name) => {
      copyFileSync(join(ROOT, 'systemd', name), join(folder, name))
      return join(folder, name)
    })
    const service = units[0] as string
    writeFileSync(service, readFileSync(service, 'utf8').replace(/^ExecStart=\S+/m, 'ExecStart=/bin/true'))
    const verified = spawnSync('systemd-analyze', ['verify', ...units], { encoding: 'utf8' })
    expect([verified.status, verified.stdout + verified.stderr]).toEqual([0, ''])
    expect(
      spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=15', service]).status,
    ).toBe(0)
  })
})
