// Updates that do not come to their end: killed at every step, two at once, interrupted, cut off with the power.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type Ended, type Lab, openInstalledLab, short } from './lab.ts'
import { INHABITANT } from './run.ts'

vi.setConfig({ testTimeout: 120_000 })
const SOON = ['--wait', '4']
const DIE_AT = join(import.meta.dirname, 'die-at.mjs')

const BEFORE_TRIAL = ['check', 'fetch', 'space', 'build', 'smoke', 'seal', 'hold', 'copy', 'trial']
const IN_TRIAL = ['migrate', 'switch', 'restart', 'prove', 'keep']
const AFTERWARDS = ['checkout', 'units', 'refresh', 'done']
const ON_THE_WAY_BACK = ['back', 'failed']

const updateDyingAt = (lab: Lab, step: string): Promise<Ended> =>
  lab.run('update.sh', SOON, { DIE_AT: step, NODE_OPTIONS: `--import=${DIE_AT}` })

/** What systemd does where it finds the note of a trial. */
async function systemdSettles(lab: Lab): Promise<void> {
  if (!existsSync(join(lab.releases, 'on-trial.json'))) return
  const settled = await lab.run('update.sh', ['--settle'])
  expect(settled.code, settled.output).toBe(0)
  lab.systemctl('restart', 'home-energy-dashboard.service')
}

const steps = ({ output }: Ended): string[] =>
  [...output.matchAll(/^update: ([a-z]+):/gm)].map(([, name]) => name as string)

it('the steps of an update are those at which it is killed here', async () => {
  const lab = await openInstalledLab()
  lab.publish({})
  expect(steps(await lab.run('update.sh', SOON))).toEqual([...BEFORE_TRIAL, ...IN_TRIAL, ...AFTERWARDS])
  lab.publish({ live: 'no-page' })
  const failed = steps(await lab.run('update.sh', SOON))
  expect(failed.slice(-ON_THE_WAY_BACK.length)).toEqual(ON_THE_WAY_BACK)
})

describe('an update that is killed', () => {
  it.each([...BEFORE_TRIAL, ...IN_TRIAL])('at "%s" leaves the old version serving', async (step) => {
    const lab = await openInstalledLab()
    const second = lab.publish({ form: 2 })
    expect((await updateDyingAt(lab, step)).code).toBe('SIGKILL')
    // Whichever it is in the very moment: somebody serves.
    expect([lab.first.slice(0, 7), second.slice(0, 7)]).toContain(await lab.served())
    await systemdSettles(lab)
    expect(await lab.served()).toBe(lab.first.slice(0, 7))
    expect(lab.linked('current')).toBe(short(lab.first))
    expect([lab.form(), lab.rows()]).toEqual([1, [1, 2]])

    const again = await lab.run('update.sh', SOON)
    expect(again.code, again.output).toBe(0)
    expect(await lab.served()).toBe(second.slice(0, 7))
    expect([lab.form(), lab.rows()]).toEqual([2, [1, 2, 100]])
  })

  it.each(AFTERWARDS)('at "%s" leaves the new version serving, which has proved itself', async (step) => {
    const lab = await openInstalledLab()
    const second = lab.publish({ form: 2 })
    expect((await updateDyingAt(lab, step)).code).toBe('SIGKILL')
    await systemdSettles(lab)
    expect(await lab.served()).toBe(second.slice(0, 7))
    const again = await lab.run('update.sh', SOON)
    expect(again.code, again.output).toBe(0)
    expect(lab.git('rev-parse', 'HEAD')).toBe(second)
    expect(readdirSync(lab.releases).filter((name) => /^[0-9a-f]{12}/.test(name))).toHaveLength(2)
  })

  it.each(ON_THE_WAY_BACK)('at "%s" is brought back by systemd', async (step) => {
    const lab = await openInstalledLab()
    lab.publish({ live: 'no-page', form: 2 })
    expect((await updateDyingAt(lab, step)).code).toBe('SIGKILL')
    await systemdSettles(lab)
    expect(await lab.served()).toBe(lab.first.slice(0, 7))
    expect([lab.form(), lab.rows()]).toEqual([1, [1, 2]])
  })

  it.each(['npx', 'systemctl restart', 'systemctl daemon-reload'])(
    'with what it runs, in the middle of "%s", leaves the old version serving',
    async (command) => {
      const lab = await openInstalledLab()
      lab.publish({ unit: '# another\n' })
      lab.tell('kill', command)
      expect([1, 'SIGKILL']).toContain((await lab.run('update.sh', SOON)).code)
      expect(existsSync(join(lab.root, 'told/kill'))).toBe(false)
      await systemdSettles(lab)
      expect(await lab.served()).toBe(lab.first.slice(0, 7))
      expect(lab.linked('current')).toBe(short(lab.first))
    },
  )

  it('is brought back by the next one where there is no systemd to do it', async () => {
    const lab = await openInstalledLab()
    const second = lab.publish({ live: 'no-page' })
    await updateDyingAt(lab, 'prove')
    expect(lab.linked('current')).toBe(short(second))
    const again = await lab.run('update.sh', SOON)
    expect(again.code, again.output).toBe(1)
    expect(again.output).toMatch(/settle: an update was cut off; back to/)
    expect(await lab.served()).toBe(lab.first.slice(0, 7))
  })

  it('leaves its lock to the next one, also while its children live on', async () => {
    const lab = await openInstalledLab()
    const second = lab.publish({})
    const pause = lab.pause('wait')
    const first = lab.start('update.sh', SOON)
    await first.said(/waiting/)
    first.child.kill('SIGKILL')
    await first.ended
    pause.forThoseWhoWait()
    const next = await lab.run('update.sh', SOON)
    pause.end()
    expect(next.code, next.output).toBe(0)
    expect(await lab.served()).toBe(second.slice(0, 7))
  })

  it('takes its first try of the new version along', async () => {
    const lab = await openInstalledLab()
    lab.publish({ smoke: 'mute' })
    const update = lab.start('update.sh', ['--wait', '60'])
    await update.said(/update: smoke/)
    await vi.waitUntil(() => processesOf(lab).some((line) => line.includes('.building')), { timeout: 20_000 })
    update.child.kill('SIGKILL')
    await update.ended
    await vi.waitUntil(() => !processesOf(lab).some((line) => line.includes('.building')), {
      timeout: 20_000,
    })
  })
})

/** The command lines and working folders of what runs in this lab. */
function processesOf(lab: Lab): string[] {
  return execFileSync('bash', ['-c', 'for p in /proc/[0-9]*; do readlink $p/cwd; done 2>/dev/null || true'], {
    encoding: 'utf8',
  })
    .split('\n')
    .filter((line) => line.startsWith(lab.releases))
}

describe('a power cut during an update', () => {
  it.each([...IN_TRIAL, ...ON_THE_WAY_BACK])('at "%s" ends with the old version', async (step) => {
    const lab = await openInstalledLab()
    lab.publish({ form: 2, ...(ON_THE_WAY_BACK.includes(step) && { live: 'no-page' as const }) })
    await updateDyingAt(lab, step)
    lab.systemctl('stop', 'home-energy-dashboard.service')
    // The machine boots: the dashboard begins with whatever "current" leads to, and the note of the trial is found.
    lab.systemctl('restart', 'home-energy-dashboard.service')
    await systemdSettles(lab)
    expect(await lab.served()).toBe(lab.first.slice(0, 7))
    expect([lab.form(), lab.rows()]).toEqual([1, [1, 2]])
  })
})

describe('a power cut while git works in the checkout', () => {
  it('leaves locks that keep no later update from its work', async () => {
    const lab = await openInstalledLab()
    const second = lab.publish({})
    const locks = ['index.lock', 'HEAD.lock', 'refs/remotes/origin/main.lock'].map((name) =>
      join(lab.checkout, '.git', name),
    )
    for (const lock of locks) writeFileSync(lock, '')
    const { code, output } = await lab.run('update.sh', SOON)
    expect(code, output).toBe(0)
    expect(output).toMatch(/note: git was cut off here; away with .*index\.lock/)
    expect(await lab.served()).toBe(second.slice(0, 7))
    expect([lab.git('rev-parse', 'HEAD'), ...locks.filter(existsSync)]).toEqual([second])
  })

  it('leaves the lock of a git that lives alone', async () => {
    const lab = await openInstalledLab()
    lab.publish({})
    const lock = join(lab.checkout, '.git/refs/remotes/origin/main.lock')
    writeFileSync(lock, '')
    const git = spawn('git', ['cat-file', '--batch'], { cwd: lab.checkout, stdio: 'pipe', ...INHABITANT })
    onTestFinished(() => void git.kill())
    await once(git, 'spawn')
    const { code, output } = await lab.run('update.sh', SOON)
    expect(code, output).toBe(1)
    expect(existsSync(lock)).toBe(true)
    expect(await lab.served()).toBe(lab.first.slice(0, 7))
  })

  it('leaves half of the new files, which the next one puts away', async () => {
    const lab = await openInstalledLab()
    const second = lab.publish({})
    expect((await updateDyingAt(lab, 'units')).code).toBe('SIGKILL')
    lab.git('reset', '--quiet', '--hard', lab.first)
    writeFileSync(join(lab.checkout, 'behaviour.json'), '')
    expect((await lab.run('update.sh', SOON)).output).toMatch(/changes of its own/)
    writeFileSync(join(lab.releases, 'checkout-moves'), '')
    chmodSync(join(lab.releases, 'checkout-moves'), 0o666)
    const { code, output } = await lab.run('update.sh', SOON)
    expect(code, output).toBe(0)
    expect(output).toMatch(/note: an update was cut off while it moved the checkout/)
    expect([lab.git('rev-parse', 'HEAD'), lab.git('status', '--porcelain')]).toEqual([second, ''])
    expect(lab.git('stash', 'list').split('\n')).toHaveLength(1)
    expect(existsSync(join(lab.releases, 'checkout-moves'))).toBe(false)
  })
})

describe('two updates at once', () => {
  it('leave it to the first', async () => {
    const lab = await openInstalledLab()
    const second = lab.publish({})
    const pause = lab.pause('wait')
    const first = lab.start('update.sh', SOON)
    await first.said(/waiting/)
    const other = await lab.run('update.sh', SOON)
    expect(other.code).toBe(75)
    expect(other.output).toMatch(/another update is running/)
    pause.end()
    expect(await first.ended).toBe(0)
    expect(await lab.served()).toBe(second.slice(0, 7))
  })

  it('do not begin beside an installation either', async () => {
    const lab = await openInstalledLab()
    const pause = lab.pause('wait')
    lab.publish({})
    const first = lab.start('update.sh', SOON)
    await first.said(/waiting/)
    const installation = await lab.run('install.sh')
    expect(installation.code).toBe(75)
    pause.end()
    expect(await first.ended).toBe(0)
  })
})

describe('pi/update.sh --settle', () => {
  it('asks nobody for the settings that it may not read: systemd has handed them on', async () => {
    const lab = await openInstalledLab()
    lab.publish({ form: 2 })
    expect((await updateDyingAt(lab, 'prove')).code).toBe('SIGKILL')
    chmodSync(join(lab.root, 'etc/home-energy-analysis/dashboard.env'), 0)
    const [folder, elsewhere] = [dirname(lab.sqlitePath), join(lab.root, 'elsewhere')]
    renameSync(folder, elsewhere)
    writeFileSync(join(lab.root, 'calls'), '')
    const settled = await lab.run('update.sh', ['--settle'], { SQLITE_PATH: join(elsewhere, 'cache.sqlite') })
    expect(settled.code, settled.output).toBe(0)
    expect(lab.calls()).not.toMatch(/sudo|grep/)
    renameSync(elsewhere, folder)
    expect([lab.form(), lab.rows()]).toEqual([1, [1, 2]])
  })

  it('waits for as long as the update lives, and has nothing to do after one that came to its end', async () => {
    const lab = await openInstalledLab()
    const second = lab.publish({})
    const pause = lab.pause('wait-restart')
    const update = lab.start('update.sh', SOON)
    await update.said(/update: restart/)
    const settle = lab.start('update.sh', ['--settle'])
    await vi.waitUntil(() => childOf(settle.child.pid) === 'flock', { timeout: 20_000 })
    pause.end()
    expect(await update.ended, update.output()).toBe(0)
    expect(await settle.ended).toBe(1)
    expect(await lab.served()).toBe(second.slice(0, 7))
  })
})

function childOf(pid: number | undefined): string {
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')
  return child ? readFileSync(`/proc/${child}/comm`, 'utf8').trim() : ''
}

describe('an interruption', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s during the build ends the update',
    async (signal) => {
      const lab = await openInstalledLab()
      lab.publish({})
      const pause = lab.pause('wait')
      const update = lab.start('update.sh', SOON)
      await update.said(/waiting/)
      process.kill(-(update.child.pid as number), signal)
      pause.end()
      expect(await update.ended).toBe(1)
      expect(await lab.served()).toBe(lab.first.slice(0, 7))
      expect(lab.linked('current')).toBe(short(lab.first))
    },
  )

  it('during the trial waits until it is known which version stays', async () => {
    const lab = await openInstalledLab()
    const second = lab.publish({})
    const pause = lab.pause('wait-restart')
    const update = lab.start('update.sh', SOON)
    await update.said(/update: restart/)
    update.child.kill('SIGHUP')
    pause.end()
    expect(await update.ended, update.output()).toBe(0)
    expect(update.output()).toMatch(/note: this ends in a moment/)
    expect(await lab.served()).toBe(second.slice(0, 7))
  })
})
