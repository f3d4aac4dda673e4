import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SettingsAnswer, SiteAnswer } from '../../backend/domain/contract.ts'
import type { MirrorAnswer } from '../../backend/domain/mirror.ts'
import { type SettingsRecord, withWritten } from '../../backend/domain/settings/settings-record.ts'
import { createSettingsFile, settingsFilePath } from '../../backend/store/settings-file.ts'
import { openServer, type Served } from './http-server.ts'
import { temporaryFolder } from './temporary.ts'

const OVEN = withWritten({}, { ovenKw: 3 }, 'phone')

describe('the settings file', () => {
  const fresh = () => join(temporaryFolder(), 'deep', 'settings.json')

  it('is empty before anything was decided, and made by the first write', () => {
    const path = fresh()
    const file = createSettingsFile(path)
    expect(file.read()).toEqual({})
    expect(existsSync(path)).toBe(false)
    expect(file.merge(OVEN)).toEqual(OVEN)
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(OVEN)
  })

  it('is read anew when another process has written it', () => {
    const path = fresh()
    const [one, other] = [createSettingsFile(path), createSettingsFile(path)]
    one.read()
    other.merge(OVEN)
    expect(one.read()).toEqual(OVEN)
    expect(one.version()).toBe(other.version())
  })

  it('is not touched by a write that says nothing new', () => {
    const file = createSettingsFile(fresh())
    file.merge(OVEN)
    const before = file.version()
    file.merge(OVEN)
    expect(file.version()).toBe(before)
  })

  it('that a broken card has garbled is spoken for by the one before it, and is kept for whoever wants to look', () => {
    const path = fresh()
    createSettingsFile(path).merge(OVEN)
    const later = withWritten(OVEN, { billingDay: 5 }, 'phone')
    createSettingsFile(path).merge(later)
    writeFileSync(path, '{"ovenKw": {"va')
    const file = createSettingsFile(path)
    expect(file.read()).toEqual(OVEN)
    expect(file.merge(later)).toEqual(later)
    expect(readFileSync(`${path}.unreadable`, 'utf8')).toContain('"va')
    expect(createSettingsFile(path).read()).toEqual(later)
  })

  it('lies beside the database', () => {
    expect(settingsFilePath('/var/lib/x/cache.sqlite')).toBe('/var/lib/x/settings.json')
  })
})

describe('the settings route', () => {
  const put = ({ get, url }: Served, body: unknown, headers: Record<string, string> = {}) =>
    get('/api/settings', {
      method: 'PUT',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', origin: url, ...headers },
    })
  const record = async (response: Response) => ((await response.json()) as SettingsAnswer).record

  it('takes what a device decided and tells it to all', async () => {
    const house = await openServer()
    expect(await record(await house.get('/api/settings'))).toEqual({})
    expect(await record(await put(house, { record: OVEN }))).toEqual(OVEN)
    expect(await record(await house.get('/api/settings'))).toEqual(OVEN)
    expect(existsSync(join(house.folder, 'settings.json'))).toBe(true)
  })

  it('keeps of two devices that disagree the later write of each setting', async () => {
    const house = await openServer()
    const phone = withWritten({}, { ovenKw: 3, billingDay: 5 }, 'phone')
    const tablet = withWritten(withWritten({}, { ovenKw: 2 }, 'tablet'), { ovenKw: 1.5 }, 'tablet')
    await put(house, { record: phone })
    const merged = await record(await put(house, { record: tablet }))
    expect([merged.ovenKw?.value, merged.billingDay?.value]).toEqual([1.5, 5])
    expect(await record(await put(house, { record: phone }))).toEqual(merged)
  })

  it.each<[string, unknown, string]>([
    ['no record', {}, 'record:'],
    ['no JSON', '{', 'record:'],
    [
      'a value out of range',
      { record: { billingDay: { value: 99, revision: 1, writer: 'a' } } },
      'billingDay:',
    ],
    ['a setting without a revision', { record: { billingDay: { value: 1, writer: 'a' } } }, 'record:'],
  ])('answers 400 to %s and changes nothing', async (_, body, message) => {
    const house = await openServer()
    const response = await put(house, body)
    expect(response.status).toBe(400)
    expect(((await response.json()) as { error: { message: string } }).error.message).toContain(message)
    expect(await record(await house.get('/api/settings'))).toEqual({})
  })

  it.each<[string, Record<string, string>, number]>([
    ['a stranger’s page', { origin: 'https://evil.example' }, 403],
    ['no page at all', { origin: '' }, 403],
    ['a form', { 'content-type': 'text/plain' }, 415],
  ])('refuses %s', async (_, headers, status) => {
    const house = await openServer()
    expect((await put(house, { record: OVEN }, headers)).status).toBe(status)
    expect(await record(await house.get('/api/settings'))).toEqual({})
  })

  it('takes what is long, and refuses what is longer than any household', async () => {
    const house = await openServer()
    expect((await put(house, { record: OVEN, padding: 'x'.repeat(20_000) })).status).toBe(200)
    expect((await put(house, { record: OVEN, padding: 'x'.repeat(300_000) })).status).toBe(413)
  })

  it('says that the card is full or read-only, and forgets nothing', async () => {
    const house = await openServer()
    await put(house, { record: OVEN })
    const file = join(house.folder, 'settings.json.next')
    // A folder in the way of the new file: nobody can write it, root neither.
    mkdirSync(file)
    expect((await put(house, { record: withWritten(OVEN, { billingDay: 3 }, 'phone') })).status).toBe(507)
    expect(await record(await house.get('/api/settings'))).toEqual(OVEN)
  })

  it('is mirrored: sent once, and again when it has changed', async () => {
    const house = await openServer()
    const mirror = async (query = '') =>
      (await (await house.get(`/api/mirror${query}`)).json()) as MirrorAnswer
    const first = await mirror()
    expect(first.settings?.record).toEqual({})
    const ask = `?since=${first.revision}&epoch=${first.epoch}&settings=${encodeURIComponent(first.settings?.version ?? '')}`
    expect(await mirror(ask)).not.toHaveProperty('settings')
    const { headers } = await house.get(`/api/mirror${ask}`)
    await put(house, { record: OVEN })
    const again = await house.get(`/api/mirror${ask}`, {
      headers: { 'if-none-match': headers.get('etag') ?? '' },
    })
    expect(((await again.json()) as MirrorAnswer).settings?.record).toEqual(OVEN)
  })

  it('decides the zone and the site, where the environment has not', async () => {
    const house = await openServer()
    const zone = async () => ((await (await house.get('/api/sites')).json()) as SiteAnswer[])[0]?.timeZone
    expect(await zone()).toBe('Australia/Sydney')
    const decided: SettingsRecord = withWritten({}, { timeZone: 'Australia/Darwin' }, 'phone')
    await put(house, { record: decided })
    expect(await zone()).toBe('Australia/Darwin')
  })
})
