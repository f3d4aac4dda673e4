import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { meteredDays } from './home.ts'
import { facts, filledPage, openPage, pi, settle, state, sync, useMirrorLab } from './mirror-lab.ts'

useMirrorLab()

const write = (page: Page, changes: Record<string, unknown>) =>
  page.evaluate((wanted) => window.mirrorPage.device.writeSettings(wanted), changes)
const settings = async (page: Page) => (await state(page)).settings
const setting = async (page: Page, name: string) => (await settings(page))?.record[name]?.value

/** As another device writes: it has seen everything up to this revision. */
const written = (name: string, value: unknown, revision: number) => ({
  [name]: { value, revision, writer: 'another' },
})

it('what is set on one device is at the Pi with the next sync, and then on the others', async () => {
  const page = await filledPage()
  await write(page, { billingDay: 14 })
  expect(await settings(page)).toMatchObject({ isPending: true })
  await sync(page)
  expect(pi.settings().billingDay?.value).toBe(14)
  expect((await settings(page))?.isPending).toBeUndefined()

  pi.writeSettings(written('ovenKw', 3, 9))
  await sync(page)
  expect([await setting(page, 'billingDay'), await setting(page, 'ovenKw')]).toEqual([14, 3])
})

it('what is set without the Pi is kept over a reload, and sent when it is back', async () => {
  const page = await filledPage()
  await pi.stop()
  await write(page, { billingDay: 14 })
  expect(await sync(page)).toBe('unreachable')
  await page.close()
  await pi.start()
  const again = await openPage()
  expect(await setting(again, 'billingDay')).toBe(14)
  expect(pi.settings()).toEqual({})
  expect(await sync(again)).toBe('synced')
  expect(pi.settings().billingDay?.value).toBe(14)
})

it('settings that the device has are not sent to it again', async () => {
  const page = await filledPage()
  pi.writeSettings(written('ovenKw', 3, 1))
  await sync(page)
  pi.savePrices([])
  pi.report.outcome = 'partial'
  await sync(page)
  const asked = pi.mirrorAsked().at(-1)!
  expect(asked.query.settings).toBe(JSON.stringify(pi.settings()))
  expect(await setting(page, 'ovenKw')).toBe(3)
})

it('two devices that set different things without the Pi both have their way', async () => {
  const page = await filledPage()
  await write(page, { billingDay: 14 })
  pi.writeSettings(written('ovenKw', 3, 1))
  await sync(page)
  expect(pi.settings()).toMatchObject({ billingDay: { value: 14 }, ovenKw: { value: 3 } })
  expect((await settings(page))?.overruled).toBeUndefined()
})

it('two devices that set the same thing agree on the later write, and the one that lost is told once', async () => {
  const page = await filledPage()
  await write(page, { billingDay: 14 })
  pi.writeSettings(written('billingDay', 3, 5))
  await sync(page)
  expect(await setting(page, 'billingDay')).toBe(3)
  expect((await settings(page))?.overruled).toEqual(['billingDay'])
  await page.evaluate(() => window.mirrorPage.device.settleSettings())
  expect((await settings(page))?.overruled).toBeUndefined()
})

it('what is set while an earlier change is on its way is sent too', async () => {
  const page = await filledPage()
  await write(page, { billingDay: 14 })
  const first = sync(page)
  await write(page, { billingDay: 20 })
  await first
  await sync(page)
  expect(pi.settings().billingDay?.value).toBe(20)
  expect((await settings(page))?.isPending).toBeUndefined()
})

it('what the Pi will not take is given up, and the device shows again what holds', async () => {
  const page = await filledPage()
  pi.writeSettings(written('billingDay', 3, 1))
  await sync(page)
  pi.refuseSettings()
  await write(page, { billingDay: 14 })
  await sync(page)
  expect(await settings(page)).toMatchObject({ isRefused: true })
  expect(await setting(page, 'billingDay')).toBe(3)
})

it('a Pi that fails over the settings alone keeps nobody from the prices', async () => {
  const page = await filledPage()
  pi.faults.set('settings', 'server-error')
  await write(page, { billingDay: 14 })
  expect(await sync(page)).toBe('synced')
  expect(await settings(page)).toMatchObject({ isPending: true })
})

it('a write changes the copy once', async () => {
  const page = await filledPage()
  await write(page, { billingDay: 14 })
  await sync(page)
  const before = await state(page)
  await sync(page)
  expect((await state(page)).settings).toEqual(before.settings)
})

it('where a demand is charged, the screen of now has the usage of all the month', async () => {
  const page = await filledPage()
  pi.saveUsage(meteredDays(20))
  await sync(page)
  await settle(page)
  const firstMs = async () => Math.min(...(await facts(page)).usage.map(({ startMs }) => startMs))
  expect(await firstMs()).toBe(Date.parse('2026-03-06T00:00:00+10:00'))
  await write(page, { charges: [{ supplyCentsPerDay: 100, includesGst: true }] })
  expect(await firstMs()).toBe(Date.parse('2026-03-06T00:00:00+10:00'))
  await write(page, {
    charges: [{ supplyCentsPerDay: 100, includesGst: true, demand: [{ centsPerKw: 24, per: 'day' }] }],
  })
  // The first of March begins in Sydney an hour before it does by NEM time.
  expect(await firstMs()).toBe(Date.parse('2026-02-28T00:00:00+10:00'))
})
