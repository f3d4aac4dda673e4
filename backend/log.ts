// One line an event, for the journal; what looks like a token never passes.
export type Log = (line: string) => void

export function createLog(write: (text: string) => void): Log {
  return (line) => write(`${redact(line)}\n`)
}

export const redact = (text: string): string =>
  text.replaceAll(/\bpsk_\w+/g, 'psk_…').replaceAll(/\b(bearer)\s+\S+/gi, '$1 …')
