// GET and PUT /api/settings: the household's settings. A device sends its whole record; what was written last stands,
// setting by setting, so that a write that comes late or twice does no harm.
import type { Context } from 'hono'
import type { SettingsAnswer } from '#domain/contract.ts'
import { settingProblems } from '#domain/settings/settings-problems.ts'
import { readRecord, type SettingsRecord } from '#domain/settings/settings-record.ts'
import type { AppDeps } from './app.ts'
import { errorAnswer } from './error-answer.ts'

export const settingsRoute = ({ household }: AppDeps, c: Context): Response =>
  c.json<SettingsAnswer>({ record: household.read() })

export async function writeSettingsRoute({ household, log }: AppDeps, c: Context): Promise<Response> {
  const record = readRecord(((await bodyOf(c)) as { record?: unknown } | undefined)?.record)
  if (!record)
    return errorAnswer(c, 400, 'bad-settings', 'record: each setting with its value, revision and writer.')
  const problems = settingProblems(valuesOf(record, household.read()))
  if (problems.length > 0) return errorAnswer(c, 400, 'bad-settings', problems.join('; '))
  try {
    return c.json<SettingsAnswer>({ record: household.merge(record) })
  } catch (error) {
    log(`http: the settings could not be written: ${(error as Error).message}`)
    return errorAnswer(
      c,
      507,
      'not-written',
      'The Pi could not write the settings: its card is full or read-only.',
    )
  }
}

/** What is new in it; what only a newer version of the app knows is kept as it came. */
const valuesOf = (record: SettingsRecord, known: SettingsRecord): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(record)
      .filter(([name, one]) => JSON.stringify(one) !== JSON.stringify(known[name]))
      .map(([name, { value }]) => [name, value]),
  )

const bodyOf = (c: Context): Promise<unknown> => c.req.json().catch(() => undefined)
