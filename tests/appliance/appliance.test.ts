// The real units under a real systemd, in machines of their own that boot in a second. What takes minutes goes on in several of
// them at once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isBackAfterHang, isBackAfterKill } from './crashes.ts'
import { FIFTY, losesNothing, TEN } from './cuts.ts'
import { bareLayers, whyNot } from './disk.ts'
import { takesTheCommandsOfItsReadme } from './every-day.ts'
import {
  type Amber,
  CHECKOUT,
  DASHBOARD,
  ETC,
  installation,
  moveIn,
  openAmber,
  property,
  RELEASES,
  STATE,
  SYNC,
  TOKEN,
} from './household.ts'
import { createMachine, type Health, type Machine } from './machine.ts'
import { partsLayer } from './newer.ts'
import {
  endsARefreshThatAmberHangs,
  refreshesAfterAHang,
  startsWithoutANetwork,
  survivesACrashLoop,
} from './patience.ts'
import { isInOneFileOfTheDisk, isKnownToTheRefreshAlone, isToldByNobody } from './secrets.ts'

const MINUTE = 60_000
/** Debian's archive, npm's registry and a slow disk; the second time it takes seconds. */
const FIRST_TIME = 10 * MINUTE

// Where it was asked for by name, what is missing is a failure and no reason to pass it over.
const reason = process.env.APPLIANCE ? undefined : whyNot()
let layers: string[]
const ambers: Amber[] = []
afterAll(async () => {
  for (const amber of ambers) await amber.close()
})

describe.skipIf(reason)(`an appliance${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(() => {
    layers = bareLayers()
  }, FIRST_TIME)

  describe('made by pi/install.sh from nothing', () => {
    let machine: Machine

    beforeAll(async () => {
      machine = await createMachine(layers)
      ambers.push(await openAmber(machine))
      machine.wire.plug()
      await machine.boot()
      await machine.ready()
    })
    afterAll(async () => {
      await machine.cut()
      layers = [machine.disk, ...layers]
    })
    const test = (name: string, run: () => Promise<void>) =>
      it(name, { timeout: 5 * MINUTE }, () => withLog(machine, run()))

    test('by the commands of its README, serves the demo household', async () => {
      const commands = installation()
      expect(commands.at(-1)).toBe('pi/install.sh')
      const { code, output } = await machine.atTerminal(`set -e\n${commands.join('\n')}`, [
        { to: 'Do you have an Amber token at hand? [y/N]', is: '' },
        { to: 'Let the hardware restart the machine when it freezes? [y/N]', is: 'n' },
        { to: 'Keep the log over power cuts, at most 100 MB of it? [y/N]', is: 'y' },
      ])
      expect(code, output).toBe(0)
      expect(output).toContain('Nothing was done.')
      expect(output).toMatch(/^ok, live, /m)
      expect(await machine.health()).toMatchObject({ status: 'ok', demo: true })
    })

    test('runs as the user who installed it, who belongs to the group that may read the settings', async () => {
      expect(await property(machine, DASHBOARD, 'User')).toBe('sam')
      expect(await machine.told('id', '-Gn', 'sam')).toMatch(/\bhomeenergy\b/)
      expect(await machine.told('stat', '-c', '%U:%G %a', `${ETC}/dashboard.env`)).toBe(
        'root:homeenergy 640\n',
      )
      expect(await machine.told('stat', '-c', '%U:%G %a', STATE)).toBe('sam:homeenergy 750\n')
      for (const unit of [DASHBOARD, 'home-energy-sync-cache.timer', 'home-energy-settle.path'])
        expect([unit, await property(machine, unit, 'UnitFileState')]).toEqual([unit, 'enabled'])
      expect(await machine.told('systemctl', 'is-system-running')).toBe('running\n')
    })

    test('is exposed no more than its units promise, as systemd sees them run', async () => {
      for (const unit of [DASHBOARD, SYNC, 'home-energy-settle.service'])
        await machine.told('systemd-analyze', 'security', '--threshold=15', unit)
      await machine.told(
        'sh',
        '-c',
        'systemd-analyze verify /etc/systemd/system/home-energy-* 2>&1 | grep . && exit 1 || true',
      )
    })

    test('takes a token afterwards, and then shows the household’s own prices', async () => {
      const { code, output } = await moveIn(machine)
      expect(code, output).toBe(0)
      expect(output).not.toContain(TOKEN)
      await machine.told('systemctl', 'restart', DASHBOARD)
      // Not the end of the refresh, which may wait minutes for a price to settle.
      const isOurs = ({ demo, status, source }: Health) => !demo && status === 'ok' && source === 'live'
      await machine.untilHealthy(MINUTE, isOurs)
    })

    test('installed again, changes nothing and asks nobody', async () => {
      const before = await machine.health()
      const { code, output } = await machine.asSam(`${CHECKOUT}/pi/install.sh`)
      expect(code, output).toBe(0)
      expect(await machine.health()).toMatchObject({ startedAt: before?.startedAt, demo: false })
    })
  })

  describe.concurrent('that something goes wrong with', () => {
    let machine: Machine
    let amber: Amber
    beforeAll(async () => {
      machine = await installed()
      amber = await openAmber(machine)
      ambers.push(amber)
      machine.wire.plug()
      await machine.boot()
      await machine.untilHealthy(MINUTE)
    })
    const test = (name: string, run: () => Promise<void>) =>
      it(name, { timeout: 8 * MINUTE, concurrent: false }, () => withLog(machine, run()))

    test('is healthy within 5 s of a kill -9', () => isBackAfterKill(machine))
    test('is healthy within 5 s of systemd’s patience when it hangs', () => isBackAfterHang(machine))
    test('refreshes again after an Amber that took a call and never answered', () =>
      endsARefreshThatAmberHangs(machine, amber))
    test('lets its token be known by nobody but the refresh, while that runs', () =>
      isKnownToTheRefreshAlone(machine, amber))
    test('has its token in one file of its disk, and in no backup', () => isInOneFileOfTheDisk(machine))
    test('tells its token to no log, no systemctl show and no browser', () => isToldByNobody(machine, amber))
    test('brings itself to the newest version, with npm and Vite as they are, and back', async () => {
      const push = `git clone --quiet ${CHECKOUT} ~/author && cd ~/author && git remote set-url origin $(git -C ${CHECKOUT} remote get-url origin)
        git config user.name sam && git config user.email sam@example.org && git commit --quiet --allow-empty --message=next && git push --quiet origin main`
      expect((await machine.asSam(push)).code).toBe(0)
      const before = await machine.health()
      const update = await machine.asSam(`${CHECKOUT}/pi/update.sh`)
      expect(update.code, update.output).toBe(0)
      const newest = (await machine.told('cat', `${RELEASES}/current/COMMIT`)).trim()
      expect(newest.startsWith((await machine.health())?.commit ?? 'nobody')).toBe(true)
      expect((await machine.health())?.commit).not.toBe(before?.commit)
      const back = await machine.asSam(`${CHECKOUT}/pi/update.sh --rollback`)
      expect(back.code, back.output).toBe(0)
      expect((await machine.health())?.commit).toBe(before?.commit)
    })
    test('takes every command of its README’s tables', () => takesTheCommandsOfItsReadme(machine, amber))
    test('is taken away by pi/uninstall.sh, but for what it knows', async () => {
      await machine.told('sh', '-c', HAS_FAILED)
      const { code, output } = await machine.asSam(`${CHECKOUT}/pi/uninstall.sh`)
      expect(code, output).toBe(0)
      expect(await machine.health()).toBeUndefined()
      const left = (list: string, ...more: string[]) =>
        machine.told('systemctl', list, '--no-legend', ...more, 'home-energy*').catch(() => '')
      expect([await left('list-unit-files'), await left('list-units', '--all')]).toEqual(['', ''])
      await machine.told('test', '-s', `${STATE}/cache.sqlite`, '-a', '-s', `${ETC}/dashboard.env`)
    })
  })

  describe.concurrent('that is stuck for minutes', () => {
    let machine: Machine
    let amber: Amber
    beforeAll(async () => {
      machine = await installed()
      amber = await openAmber(machine)
      ambers.push(amber)
      machine.wire.plug()
      await machine.boot()
      await machine.untilHealthy(MINUTE)
    })
    it('is never given up after five minutes of crashes', { timeout: 7 * MINUTE }, () =>
      survivesACrashLoop(machine),
    )
    it('refreshes on the next tick however a refresh hangs', { timeout: 9 * MINUTE }, () =>
      refreshesAfterAHang(machine, amber),
    )
  })

  describe.concurrent('that boots before its network is there', () => {
    it('shows its page at once, and prices within 5.5 minutes of the network', {
      timeout: 9 * MINUTE,
    }, async () => {
      const machine = await installed()
      ambers.push(await openAmber(machine))
      await withLog(machine, startsWithoutANetwork(machine))
    })
  })

  // All fifty: npm run torture -- cuts
  describe.concurrent('whose plug is pulled in a refresh, a start and an update', () => {
    it('is healthy 10 s after each boot, with all that it had told', { timeout: 60 * MINUTE }, async () => {
      const machine = await createMachine([partsLayer(layers[0] as string), ...layers])
      const amber = await openAmber(machine)
      ambers.push(amber)
      machine.wire.plug()
      await machine.boot()
      await machine.untilHealthy(MINUTE)
      const { APPLIANCE, SEED } = process.env
      const rounds = APPLIANCE === 'fifty cuts' ? FIFTY : TEN
      await withLog(machine, losesNothing(machine, amber, Number(SEED ?? 1), rounds))
    })
  })
})

/** The end of a trial, stopped while it waits for an update: systemd counts that as a failure. */
const SETTLE = 'home-energy-settle.service'
const HAS_FAILED = `set -e
  flock ${RELEASES}/update.lock sleep 60 & holder=$!
  printf '{"from":"%s","to":"none"}' "$(readlink ${RELEASES}/current)" >${RELEASES}/on-trial.json
  until [ "$(systemctl is-active ${SETTLE})" = activating ]; do sleep 0.1; done
  systemctl stop home-energy-settle.path ${SETTLE}
  rm ${RELEASES}/on-trial.json
  pkill -P $holder
  systemctl is-failed ${SETTLE}`

/** Off; with a disk of its own on top of the one that was installed. */
const installed = (): Promise<Machine> => createMachine(layers)

/** What fails here fails on the evidence of a machine that is gone afterwards. */
async function withLog(machine: Machine, trial: Promise<void>): Promise<void> {
  try {
    await trial
  } catch (error) {
    console.log(await machine.log().catch(String))
    throw error
  }
}
