import { describe, expect, it } from 'vitest'
import { readConfig } from '../../backend/config.ts'
import { createLog, redact } from '../../backend/log.ts'

const read = (env: Record<string, string>) => readConfig(env, '/home/sam/app')

describe('settings', () => {
  it('are all optional: without any it is the demo household on port 5050', () => {
    expect(read({}).problems).toEqual([])
    expect(read({}).config).toMatchObject({
      amberToken: undefined,
      port: 5050,
      host: '0.0.0.0',
      sqlitePath: '/home/sam/app/var/cache.sqlite',
      retentionDays: 0,
      timeZone: undefined,
      debug: false,
      allowedHosts: [],
    })
  })

  it('put the database where systemd keeps the folder of the service', () => {
    expect(read({ STATE_DIRECTORY: '/var/lib/home-energy-analysis' }).config?.sqlitePath).toBe(
      '/var/lib/home-energy-analysis/cache.sqlite',
    )
  })

  it('that are empty count as not given', () => {
    expect(read({ AMBER_TOKEN: '', PORT: ' ' }).config).toMatchObject({ amberToken: undefined, port: 5050 })
  })

  it.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['HOST', 'not a host'],
    ['AMBER_API_URL', 'amber'],
    ['AMBER_API_URL', 'file:///etc/passwd'],
    ['AMBER_SITE_ID', '../sites'],
    ['AMBER_TOKEN', 'two words'],
    ['RETENTION_DAYS', '-1'],
    ['TIME_ZONE', 'Sydney'],
    ['DEBUG', 'yes'],
    ['ALLOWED_HOSTS', 'https://kitchen.lan/'],
  ])('stop the start when %s is %j, with its name and an example', (name, value) => {
    const { config, problems } = read({ [name]: value })
    expect(config).toBeUndefined()
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(`^${name}: .+Example: \\S+`))
  })

  it('say all that is wrong at once', () => {
    expect(read({ PORT: 'x', DEBUG: 'x', TIME_ZONE: 'x' }).problems).toHaveLength(3)
  })

  it('never repeat a token that is wrong', () => {
    expect(read({ AMBER_TOKEN: 'psk_secret part' }).problems.join()).not.toContain('secret')
  })

  it.each([
    ['AMBER_TOKN', 'AMBER_TOKEN'],
    ['HOME_ENERGY_PORT', 'PORT'],
    ['SQLITEPATH', 'SQLITE_PATH'],
    ['TIMEZONE', 'TIME_ZONE'],
  ])('warn of %s, which looks like %s misspelt', (name, meant) => {
    expect(read({ [name]: '1' }).warnings).toEqual([`${name} is not a setting; did you mean ${meant}?`])
  })

  it('do not warn of what other programs use', () => {
    expect(
      read({ PATH: '/bin', HOME: '/root', NODE_ENV: 'test', HOSTNAME: 'pi', npm_config_port: '1' }).warnings,
    ).toEqual([])
  })
})

describe('the log', () => {
  it('never lets a token pass, whoever wrote it into a line', () => {
    const lines: string[] = []
    createLog((text) => lines.push(text))(
      'failed with Bearer abc123 for psk_0123456789abcdef0123456789abcdef',
    )
    expect(lines).toEqual(['failed with Bearer … for psk_…\n'])
    expect(redact('nothing here')).toBe('nothing here')
  })
})
