// Where the token must not be. Each search is also made for something that is there, so that none can come back empty by mistake.
import { expect, vi } from 'vitest'
import { API_ROUTES } from '../../backend/http/app.ts'
import { type Amber, CHECKOUT, DASHBOARD, ETC, newHousehold, SYNC, TOKEN } from './household.ts'
import type { Machine } from './machine.ts'

/** While a refresh waits for Amber, which takes its time. */
export async function isKnownToTheRefreshAlone(machine: Machine, amber: Amber): Promise<void> {
  await newHousehold(machine, amber)
  amber.faults.delayMs = 5000
  await machine.told('systemctl', 'restart', '--no-block', SYNC)
  const knowing = () => processesWith(machine, 'environ')
  await vi.waitUntil(async () => (await knowing()).length > 0, { timeout: 20_000, interval: 100 })
  for (const command of await knowing()) expect(command).toMatch(/home-energy\.mjs sync $/)
  expect(await processesWith(machine, 'cmdline')).toEqual([])
  amber.faults.delayMs = undefined
}

/** The command lines of the processes in whose environment or arguments the token is. */
async function processesWith(machine: Machine, where: 'environ' | 'cmdline'): Promise<string[]> {
  const search = `for p in /proc/[0-9]*; do
    if grep -q -a -F "$1$2" "$p/${where}" 2>/dev/null; then tr '\\0' ' ' <"$p/cmdline"; echo; fi
  done`
  return (await machine.told('sh', '-c', search, 'sh', ...HALVES)).split('\n').filter(Boolean)
}

/** So that whoever searches is not found. */
const HALVES = [TOKEN.slice(0, 9), TOKEN.slice(9)]

export async function isToldByNobody(machine: Machine, amber: Amber): Promise<void> {
  await newHousehold(machine, amber)
  // Also by those who have to say that it was refused.
  amber.faults.tokensRevoked = true
  await machine.told('systemctl', 'restart', SYNC)
  amber.faults.tokensRevoked = undefined
  const status = await machine.asSam(`cd ${CHECKOUT} && npm run status`)
  const answers = await allAnswers(machine.origin)
  const journal = await machine.told('journalctl', '--no-pager', '--all', '--output=export')
  const units = await machine.told(
    'systemctl',
    'show',
    '--all',
    SYNC,
    DASHBOARD,
    'home-energy-settle.service',
  )
  const said = {
    journal,
    units,
    answers,
    status: status.output,
    environment: await machine.told('systemctl', 'show-environment'),
  }
  const isThere = {
    journal: /amber: GET \/sites[\s\S]*refused the token/.test(journal),
    units: units.includes(`Id=${SYNC}`),
    answers: /unauthorised[\s\S]*<!doctype html>/i.test(answers),
    status: /unauthorised/.test(status.output),
    environment: /PATH=/.test(said.environment),
  }
  expect(isThere).toEqual({ journal: true, units: true, answers: true, status: true, environment: true })
  expect(
    Object.entries(said)
      .filter(([, text]) => text.includes(TOKEN))
      .map(([name]) => name),
  ).toEqual([])
}

async function allAnswers(origin: string): Promise<string> {
  const page = await answerTo(`${origin}/`)
  const assets = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path as string)
  const paths = [...API_ROUTES.filter((path) => path !== '/api/events'), ...assets, '/setup', '/no/such/page']
  const others = await Promise.all(paths.map((path) => answerTo(origin + path)))
  return [...others, page].join('\n')
}

async function answerTo(url: string): Promise<string> {
  const answer = await fetch(url)
  return [...answer.headers].map(String).join('\n') + (await answer.text())
}

/** In the settings, and in no database, copy, backup or log. */
export async function isInOneFileOfTheDisk(machine: Machine): Promise<void> {
  const backup = await machine.asSam(`cd ${CHECKOUT} && npm run backup -- ~/household.backup`)
  expect(backup.code, backup.output).toBe(0)
  const places = '/etc /home /opt /root /run /srv /tmp /usr/local /var'
  const found = await machine.told('sh', '-c', `grep -r -l -a -F "$1$2" ${places}; true`, 'sh', ...HALVES)
  expect(found.trim().split('\n').slice(0, 5)).toEqual([`${ETC}/dashboard.env`])
}
