// What the server tells systemd, by a systemd-notify that writes it down.

import { spawn } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createNotifier } from '../../backend/notify.ts'
import { temporaryFolder } from '../backend/temporary.ts'

const ROOT = join(import.meta.dirname, '../..')

/** A PATH on which systemd-notify writes down what it is told. */
function listeningPath(folder: string): string {
  writeFileSync(join(folder, 'systemd-notify'), `#!/bin/sh\necho "$*" >> ${folder}/told\n`)
  chmodSync(join(folder, 'systemd-notify'), 0o755)
  return `${folder}:${process.env.PATH}`
}

const told = (folder: string): string[] =>
  existsSync(join(folder, 'told')) ? readFileSync(join(folder, 'told'), 'utf8').trim().split('\n') : []

function serve(folder: string, env: Record<string, string>) {
  const { AMBER_TOKEN: _, ...inherited } = process.env
  const child = spawn(process.execPath, ['backend/home-energy.mjs', 'serve'], {
    cwd: ROOT,
    env: { ...inherited, PORT: '0', HOST: '127.0.0.1', SQLITE_PATH: join(folder, 'cache.sqlite'), ...env },
    stdio: 'ignore',
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { child, ended }
}

it('a server tells systemd that it is ready, that it is alive for as long as it is, and that it stops', async () => {
  const folder = temporaryFolder()
  const { child, ended } = serve(folder, {
    PATH: listeningPath(folder),
    NOTIFY_SOCKET: '/run/systemd/notify',
    WATCHDOG_USEC: '300000',
  })
  await vi.waitUntil(() => told(folder).filter((words) => words === 'WATCHDOG=1').length >= 3, {
    timeout: 30_000,
  })
  expect(told(folder)[0]).toMatch(/^--ready --status=http:\/\/127\.0\.0\.1:\d+$/)

  child.kill('SIGSTOP')
  const words = told(folder).length
  // Two more words may have been under way.
  await expect(vi.waitUntil(() => told(folder).length > words + 2, { timeout: 1000 })).rejects.toThrow()
  child.kill('SIGCONT')
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  await vi.waitUntil(() => told(folder).includes('STOPPING=1'), { timeout: 5000 })
})

it('a server in a terminal tells nobody', async () => {
  const folder = temporaryFolder()
  const { child, ended } = serve(folder, { PATH: listeningPath(folder) })
  await vi.waitUntil(() => existsSync(`/proc/${child.pid}/stat`))
  child.kill('SIGTERM')
  await ended
  expect(told(folder)).toEqual([])
})

it('each word of life comes after the work that it vouches for', async () => {
  const folder = temporaryFolder()
  vi.stubEnv('PATH', listeningPath(folder))
  onTestFinished(() => void vi.unstubAllEnvs())
  let worked = 0
  const notifier = createNotifier({
    env: { NOTIFY_SOCKET: '/x', WATCHDOG_USEC: '90000' },
    work: () => {
      worked++
      if (worked > 2) notifier.close()
    },
    log: () => {},
  })
  onTestFinished(() => notifier.close())
  notifier.ready('here')
  await vi.waitUntil(() => told(folder).length >= 4, { timeout: 10_000 })
  expect(told(folder)).toEqual(['--ready --status=here', 'WATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1'])
  expect(worked).toBe(3)
})

it('says so when systemd cannot be told', async () => {
  vi.stubEnv('PATH', temporaryFolder())
  onTestFinished(() => void vi.unstubAllEnvs())
  const said: string[] = []
  const notifier = createNotifier({
    env: { NOTIFY_SOCKET: '/x' },
    work: () => {},
    log: (line) => said.push(line),
  })
  notifier.ready('here')
  await vi.waitUntil(() => said.length > 0, { timeout: 10_000 })
  expect(said[0]).toMatch(/systemd was not told --ready/)
})
