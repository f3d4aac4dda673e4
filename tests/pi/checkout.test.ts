// The checkout of an appliance, in which nothing is installed: what a person runs there is about the appliance.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readVersion } from '../../backend/version.ts'
import { temporaryFolder } from '../backend/temporary.ts'
import { ROOT } from './lab.ts'

function checkoutOfAnAppliance(): string {
  const folder = temporaryFolder()
  const [checkout, release] = [join(folder, 'checkout'), join(folder, 'checkout-releases/123456789abc')]
  const bin = join(release, `node_modules/node-linux-${process.arch}/bin`)
  for (const needed of [join(checkout, 'backend'), join(release, 'backend'), bin])
    mkdirSync(needed, { recursive: true })
  copyFileSync(join(ROOT, 'backend/home-energy.mjs'), join(checkout, 'backend/home-energy.mjs'))
  writeFileSync(
    join(release, 'backend/home-energy.mjs'),
    'console.log("release:", ...process.argv.slice(2)); process.exit(3)',
  )
  symlinkSync(process.execPath, join(bin, 'node'))
  symlinkSync('123456789abc', join(folder, 'checkout-releases/current'))
  return checkout
}

const run = (checkout: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['backend/home-energy.mjs', ...args], {
    cwd: checkout,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

it.each(['status', 'sync', 'backup', 'restore'])(
  'leaves "%s" to the release that runs beside it',
  (command) => {
    expect(run(checkoutOfAnAppliance(), command, 'FILE')).toMatchObject({
      status: 3,
      stdout: `release: ${command} FILE\n`,
    })
  },
)

it('leaves a try-out to itself, and so does everything once the checkout has its own packages', () => {
  const checkout = checkoutOfAnAppliance()
  expect(run(checkout, 'start').stdout).toBe('')
  mkdirSync(join(checkout, 'node_modules'))
  expect(run(checkout, 'status').stdout).toBe('')
})

it('a release tells its commit from a file, as short as git would', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'package.json'), '{ "version": "1.2.3" }')
  expect(readVersion(folder)).toEqual({ version: '1.2.3', commit: 'unknown' })
  writeFileSync(join(folder, 'COMMIT'), '0123456789abcdef0123456789abcdef01234567\n')
  expect(readVersion(folder)).toEqual({ version: '1.2.3', commit: '0123456' })
})
