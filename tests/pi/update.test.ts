// The update as a person runs it, on every way it can go.
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { type Lab, openInstalledLab, short, TOKEN, type Version } from './lab.ts'

vi.setConfig({ testTimeout: 120_000 })
/** How long a version gets to prove itself here. */
const SOON = ['--wait', '4']

type InstalledLab = Lab & { first: string }

/** What must hold after every update that did not come about. */
async function expectOldServes(lab: InstalledLab): Promise<void> {
  expect(await lab.served()).toBe(lab.first.slice(0, 7))
  expect(lab.linked('current')).toBe(short(lab.first))
  expect(lab.git('rev-parse', 'HEAD')).toBe(lab.first)
  expect(releasesIn(lab)).toEqual([short(lab.first)])
  expect(existsSync(join(lab.releases, 'on-trial.json'))).toBe(false)
  expect(lab.rows()).toEqual([1, 2])
  expect(lab.form()).toBe(1)
  expect(lab.calls()).not.toContain('home-energy-sync-cache')
}

const releasesIn = (lab: Lab): string[] =>
  readdirSync(lab.releases).filter((name) => /^[0-9a-f]{12}/.test(name))

describe('pi/update.sh brings a new version over', () => {
  it('beside the old one, proves it, refreshes at once and says how it is', async () => {
    const lab = await openInstalledLab()
    expect(await lab.served()).toBe(lab.first.slice(0, 7))
    const second = lab.publish({})
    const { code, output } = await lab.run('update.sh', SOON)
    expect(code, output).toBe(0)
    expect(await lab.served()).toBe(second.slice(0, 7))
    expect([lab.linked('current'), lab.linked('previous')]).toEqual([short(second), short(lab.first)])
    expect(lab.git('rev-parse', 'HEAD')).toBe(second)
    // The new version is on the disk before the link leads to it, and so is the link before the restart.
    expect(lab.calls()).toMatch(/(sync --file-system (.*\n)+){3}systemctl restart/)
    expect(lab.calls()).toContain('systemctl start --no-block home-energy-sync-cache.service')
    expect(lab.calls()).toMatch(/systemctl .*status home-energy-dashboard\.service/)
    expect(output).toContain(`Status of ${second.slice(0, 7)}`)
  })

  it('and keeps the one before it, and no older one', async () => {
    const lab = await openInstalledLab()
    const commits = [lab.first]
    for (let round = 0; round < 2; round++) {
      commits.push(lab.publish({}))
      expect((await lab.run('update.sh', SOON)).code).toBe(0)
    }
    expect(releasesIn(lab).sort()).toEqual(commits.slice(1).map(short).sort())
    expect(readdirSync(join(lab.sqlitePath, '../before-update'))).toEqual([short(commits[1] as string)])
  })

  it('whose database has another form: it is changed before the screens ask for it', async () => {
    const lab = await openInstalledLab()
    lab.publish({ form: 2 })
    const { code, output } = await lab.run('update.sh', SOON)
    expect(code, output).toBe(0)
    expect(lab.form()).toBe(2)
    expect(lab.rows()).toEqual([1, 2, 100])
  })

  it('with its units and the kitchen screen’s script, where that is installed', async () => {
    const lab = await openInstalledLab()
    await lab.run('install-kiosk.sh')
    const kiosk = join(lab.root, 'home/bin/home-energy-kiosk.sh')
    writeFileSync(kiosk, 'an old one')
    lab.publish({ unit: '# another\nUser=@USER@\n' })
    const { code, output } = await lab.run('update.sh', SOON)
    expect(code, output).toBe(0)
    const unit = readFileSync(join(lab.root, 'etc/systemd/system/home-energy-dashboard.service'), 'utf8')
    expect(unit).toMatch(/^# another\nUser=\w+\n$/)
    expect(lab.calls().indexOf('daemon-reload')).toBeLessThan(lab.calls().indexOf('systemctl restart'))
    expect(readFileSync(kiosk, 'utf8')).toContain('The kitchen screen of the tests')
  })

  it('and leaves it stopped where somebody stopped the dashboard', async () => {
    const lab = await openInstalledLab()
    lab.tell('stopped')
    const second = lab.publish({})
    const { code, output } = await lab.run('update.sh', SOON)
    expect(code, output).toBe(0)
    expect(lab.linked('current')).toBe(short(second))
    expect(lab.calls()).not.toContain('systemctl restart')
  })

  it('and gives nobody the token: it is in no word, no copy and no process of the update', async () => {
    const lab = await openInstalledLab()
    lab.publish({})
    const { code, output } = await lab.run('update.sh', SOON)
    // The small program refuses to serve with a token in its environment.
    expect(code, output).toBe(0)
    expect(output + lab.calls()).not.toContain(TOKEN)
  })

  it('only if there is one: else it refreshes, and says how it is', async () => {
    const lab = await openInstalledLab()
    const { code, output } = await lab.run('update.sh', SOON)
    expect(code, output).toBe(0)
    expect(lab.calls()).not.toMatch(/npx|systemctl restart/)
    expect(lab.calls()).toContain('systemctl start --no-block home-energy-sync-cache.service')
  })

  it('also when the checkout was brought forwards by hand before', async () => {
    const lab = await openInstalledLab()
    const second = lab.publish({})
    lab.git('pull', '--quiet')
    expect((await lab.run('update.sh', SOON)).code).toBe(0)
    expect(await lab.served()).toBe(second.slice(0, 7))
  })
})

describe('pi/update.sh leaves the old version serving', () => {
  it.each<[string, (lab: InstalledLab) => void, RegExp]>([
    [
      'when a file of the checkout was changed',
      (lab) => writeFileSync(join(lab.checkout, 'package.json'), '{}'),
      /changes of its own.*\n.*package\.json/,
    ],
    [
      'when a file was added to the checkout',
      (lab) => writeFileSync(join(lab.checkout, 'note.txt'), ''),
      /changes of its own.*\n.*note\.txt/,
    ],
    [
      'when the checkout is on another branch',
      (lab) => lab.git('switch', '--quiet', '--create', 'mine'),
      /on mine, and updates follow main: git switch main/,
    ],
    ['when the checkout is on no branch', (lab) => lab.git('switch', '--quiet', '--detach'), /on no branch/],
    [
      'when there is no network',
      (lab) => renameSync(join(lab.root, 'origin.git'), join(lab.root, 'gone')),
      /is there a network\?/,
    ],
    [
      'when there is too little room',
      (lab) => lab.tell('huge'),
      /too little room.*MB are free in .* MB are needed/,
    ],
    ['when the packages cannot be fetched', (lab) => lab.tell('ci-fails'), /could not be built/],
    ['when the build fails', (lab) => lab.tell('build-fails'), /could not be built/],
    [
      'when the database is damaged',
      (lab) => writeFileSync(lab.sqlitePath, 'not a database at all'.repeat(999)),
      /could not be copied/,
    ],
  ])('%s', async (_, spoil, words) => {
    const lab = await openInstalledLab()
    lab.publish({})
    const whole = readFileSync(lab.sqlitePath)
    spoil(lab)
    const { code, output } = await lab.run('update.sh', SOON)
    expect(code, output).toBe(1)
    expect(output).toMatch(words)
    if (output.includes('could not be copied')) writeFileSync(lab.sqlitePath, whole)
    await expectOldServes(lab)
    expect(lab.calls()).not.toContain('systemctl restart')
  })

  it('when the checkout has a commit of its own', async () => {
    const lab = await openInstalledLab()
    lab.publish({})
    lab.git('commit', '--quiet', '--allow-empty', '--message=mine')
    const { code, output } = await lab.run('update.sh', SOON)
    expect(code, output).toBe(1)
    expect(output).toMatch(/commits that origin does not have/)
    lab.git('reset', '--quiet', '--hard', lab.first)
    await expectOldServes(lab)
  })

  it('when sudo does not allow to tell systemd', async () => {
    const lab = await openInstalledLab()
    lab.publish({})
    lab.tell('no-sudo')
    const { code, output } = await lab.run('update.sh', SOON)
    expect(code, output).toBe(1)
    expect(output).toMatch(/run this in a terminal/)
    expect(lab.calls()).not.toContain('npx')
    await expectOldServes(lab)
  })

  it.each<[string, Version, RegExp]>([
    ['crashes', { smoke: 'crashes' }, /ended at once/],
    ['never comes up', { smoke: 'mute' }, /did not come up/],
    ['is not the commit it should be', { smoke: 'another-commit' }, /commit fffffff answers/],
    ['has no page', { smoke: 'no-page' }, /the page does not load \(404\)/],
    ['lacks what the page needs', { smoke: 'no-asset' }, /index-1\.js, which the page needs, does not load/],
    ['shows no prices', { smoke: 'no-prices' }, /shows no prices/],
    [
      'cannot take over the database',
      { smoke: 'cannot-migrate', form: 2 },
      /could not take over the database/,
    ],
  ])('when the new one, tried on copies, %s', async (_, version, words) => {
    const lab = await openInstalledLab()
    lab.publish(version)
    const { code, output } = await lab.run('update.sh', SOON)
    expect(code, output).toBe(1)
    expect(output).toMatch(words)
    await expectOldServes(lab)
    expect(lab.calls()).not.toContain('systemctl restart')
    expect(existsSync(join(lab.releases, 'smoke'))).toBe(false)
  })

  it.each<[string, Version, RegExp]>([
    ['crashes', { live: 'crashes' }, /does not come up/],
    ['is not the commit it should be', { live: 'another-commit' }, /commit fffffff answers/],
    ['has no page', { live: 'no-page' }, /the page does not load/],
    ['lacks what the page needs', { live: 'no-asset' }, /index-1\.js, which the page needs, does not load/],
    ['shows no prices any more', { live: 'no-prices' }, /shows no prices/],
    ['does not stay up', { live: 'restless' }, /does not stay up/],
    ['has changed the form of the database before', { live: 'no-page', form: 2 }, /the page does not load/],
    ['has brought units of its own', { live: 'no-page', unit: '# another\n' }, /the page does not load/],
  ])('when the new one, in its place, %s', async (_, version, words) => {
    const lab = await openInstalledLab()
    const units = unitsOf(lab)
    lab.publish(version)
    const { code, output } = await lab.run('update.sh', SOON)
    expect(code, output).toBe(1)
    expect(output).toMatch(words)
    await expectOldServes(lab)
    expect(unitsOf(lab)).toEqual(units)
  })

  it('in its place, and says that it is sick, when the way back leads to one that is', async () => {
    const lab = await openInstalledLab()
    lab.publish({ live: 'no-page' })
    writeFileSync(join(lab.releases, 'current/behaviour.json'), '{"live":"another-commit"}')
    const { code, output } = await lab.run('update.sh', SOON)
    expect(code, output).toBe(2)
    expect(output).toMatch(
      /put away \(the page does not load.*\), and the old one is not well either: commit fffffff answers/,
    )
    expect(lab.linked('current')).toBe(short(lab.first))
    expect(lab.calls().match(/^systemctl restart/gm)).toHaveLength(2)
    expect(existsSync(join(lab.releases, 'on-trial.json'))).toBe(false)
  })
})

function unitsOf(lab: Lab): string[] {
  const folder = join(lab.root, 'etc/systemd/system')
  return readdirSync(folder).map((name) => `${name}: ${readFileSync(join(folder, name), 'utf8')}`)
}

describe('pi/update.sh --rollback', () => {
  it('goes back to the version before, and from there forwards again', async () => {
    const lab = await openInstalledLab()
    const second = lab.publish({})
    await lab.run('update.sh', SOON)
    const back = await lab.run('update.sh', ['--rollback', ...SOON])
    expect(back.code, back.output).toBe(0)
    expect(await lab.served()).toBe(lab.first.slice(0, 7))
    expect([lab.linked('current'), lab.linked('previous')]).toEqual([short(lab.first), short(second)])
    expect(lab.name()).toBe(1)
    expect((await lab.run('update.sh', ['--rollback', ...SOON])).code).toBe(0)
    expect(await lab.served()).toBe(second.slice(0, 7))
  })

  it('gives the older version a database that it can read, and keeps the newer one aside', async () => {
    const lab = await openInstalledLab()
    lab.publish({ form: 2 })
    await lab.run('update.sh', SOON)
    const { code, output } = await lab.run('update.sh', ['--rollback', ...SOON])
    expect(code, output).toBe(0)
    expect([lab.form(), lab.rows()]).toEqual([1, [1, 2]])
    expect(existsSync(`${lab.sqlitePath}.aside`)).toBe(true)
    // Devices may have been told of revisions that this database will give out again.
    expect(lab.name()).toBe(2)
    // And forwards again: changed anew, not fetched from a copy that is older than what was learned since.
    expect((await lab.run('update.sh', ['--rollback', ...SOON])).code).toBe(0)
    expect([lab.form(), lab.rows()]).toEqual([2, [1, 2, 100]])
  })

  it('and the update after it brings the newer version again, which is still here', async () => {
    const lab = await openInstalledLab()
    const second = lab.publish({ form: 2 })
    await lab.run('update.sh', SOON)
    await lab.run('update.sh', ['--rollback', ...SOON])
    const { code, output } = await lab.run('update.sh', SOON)
    expect(code, output).toBe(0)
    expect(await lab.served()).toBe(second.slice(0, 7))
    expect([lab.linked('current'), lab.linked('previous')]).toEqual([short(second), short(lab.first)])
    expect(lab.form()).toBe(2)
  })

  it('stays where it is when the version before is sick', async () => {
    const lab = await openInstalledLab()
    const second = lab.publish({ form: 2 })
    await lab.run('update.sh', SOON)
    writeFileSync(join(lab.releases, 'previous/behaviour.json'), '{"live":"no-page"}')
    const { code, output } = await lab.run('update.sh', ['--rollback', ...SOON])
    expect(code, output).toBe(1)
    expect(await lab.served()).toBe(second.slice(0, 7))
    expect([lab.form(), lab.rows()]).toEqual([2, [1, 2, 100]])
  })

  it('says so when there is none', async () => {
    const lab = await openInstalledLab()
    const { code, output } = await lab.run('update.sh', ['--rollback'])
    expect(code).toBe(1)
    expect(output).toMatch(/there is no other version here/)
  })
})

describe('pi/update.sh', () => {
  it('says what it can be asked for', async () => {
    const lab = await openInstalledLab()
    const { code, output } = await lab.run('update.sh', ['--help'])
    expect(code).toBe(0)
    expect(output).toMatch(/--rollback/)
    expect((await lab.run('update.sh', ['--rolback'])).code).toBe(64)
    expect((await lab.run('update.sh', ['--wait', 'long'])).code).toBe(64)
  })
})
