import { createSimulator, DEMO_TOKEN, type SimulatorOptions } from '../../../backend/simulator/server.ts'

// biome-ignore lint/suspicious/noExplicitAny: rows of a foreign shape, asked field by field
export type Row = any

export interface Said {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The rows of an answer, or the body of a refusal. */
  readonly body: Row
}

/** A simulator whose clock is set by hand, and a client that holds the demo token. */
export function openAmber(at: string, options: Omit<SimulatorOptions, 'clock'> = {}) {
  let nowMs = Date.parse(at)
  const simulator = createSimulator({ ...options, clock: () => nowMs })
  const ask = async (path: string, token: string | undefined = DEMO_TOKEN): Promise<Said> =>
    said(await simulator.app.request(`/v1${path}`, { headers: { authorization: `Bearer ${token}` } }))
  return {
    simulator,
    ask,
    rows: async (path: string): Promise<Row[]> => (await ask(path)).body,
    setTime: (to: string | number) => {
      nowMs = typeof to === 'number' ? to : Date.parse(to)
    },
  }
}

export async function said(response: Response): Promise<Said> {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? JSON.parse(text) : undefined,
  }
}

export const ofChannel = (rows: readonly Row[], channel: string): Row[] =>
  rows.filter((row) => row.channelType === channel)

export const endMsOf = (row: Row): number => Date.parse(row.endTime)
export const startMsOf = (row: Row): number => endMsOf(row) - row.duration * 60_000

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number
}
export const median = (values: readonly number[]): number => quantile(values, 0.5)
