// What a machine is given by its household: an Amber at the other end of its wire, a token, the way of the README to install it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Faults } from '../../backend/simulator/faults.ts'
import { createSimulator, type Simulator } from '../../backend/simulator/server.ts'
import { REPOSITORY } from './disk.ts'
import { AMBER, type Ended, type Machine } from './machine.ts'

/** Put together here, so that this file, which is on the machine's disk too, does not hold it. */
export const TOKEN = `psk_${'31415926'.repeat(4)}`
export const CHECKOUT = '/home/sam/repos/Home-Energy-Analysis'
export const RELEASES = `${CHECKOUT}-releases`
export const ETC = '/etc/home-energy-analysis'
export const STATE = '/var/lib/home-energy-analysis'
export const DASHBOARD = 'home-energy-dashboard.service'
export const SYNC = 'home-energy-sync-cache.service'
const PORT = 8088

export interface Amber {
  readonly faults: Faults
  /** How often it was asked so far by the account that it is. */
  asked(): number
  /** Another account, which has called nobody yet. */
  renew(): Promise<void>
  close(): Promise<void>
}

/** By the host's clock, since a machine has no other. It answers once the wire is plugged in. */
export async function openAmber({ wire }: Machine): Promise<Amber> {
  const faults: Faults = {}
  let simulator: Simulator
  const open = () => {
    simulator = createSimulator({ clock: Date.now, tokens: [TOKEN], faults })
    return simulator.listen(PORT, wire.ours)
  }
  let server = await open()
  return {
    faults,
    asked: () => simulator.requests.length,
    renew: async () => {
      await server.close()
      server = await open()
    },
    close: () => server.close(),
  }
}

/** Nothing is known yet, and no call of the last five minutes holds a refresh back. */
export async function newHousehold(machine: Machine, amber: Amber): Promise<void> {
  await machine.told('systemctl', 'stop', DASHBOARD)
  await forgetAll(machine, amber)
  await machine.told('systemctl', 'start', DASHBOARD)
}

/** The same where no server runs. */
export async function forgetAll(machine: Machine, amber: Amber): Promise<void> {
  await machine.told('systemctl', 'stop', SYNC)
  await machine.told('sh', '-c', `rm -f ${STATE}/*.sqlite* ${STATE}/settings.json*`)
  await amber.renew()
}

/** The commands of pi/README.md's first block, but for Debian's archive, out of which the disk was made. */
export function installation(): string[] {
  const readme = readFileSync(join(import.meta.dirname, '../../pi/README.md'), 'utf8')
  const block = /## Install\n\n```sh\n([^`]+)```/.exec(readme)?.[1] ?? ''
  return block
    .split('\n')
    .map((line) =>
      line.replace(/#.*/, '').trim().replace('ADDRESS-OF-THIS-REPOSITORY', `file://${REPOSITORY}`),
    )
    .filter((line) => line !== '' && !line.startsWith('sudo apt-get '))
}

/** Its Amber is the one at the other end of the wire; and the token is typed where nobody can read it. */
export async function moveIn(machine: Machine): Promise<Ended> {
  const settings = `AMBER_API_URL=http://${AMBER}:${PORT}/v1\nDEBUG=1`
  await machine.told('sh', '-c', `printf '%s\\n' '${settings}' >> ${ETC}/dashboard.env`)
  return await machine.atTerminal(`${CHECKOUT}/pi/set-token.sh`, [{ to: 'it is not shown', is: TOKEN }])
}

export async function property(machine: Machine, unit: string, name: string): Promise<string> {
  return (await machine.told('systemctl', 'show', unit, `--property=${name}`, '--value')).trim()
}
