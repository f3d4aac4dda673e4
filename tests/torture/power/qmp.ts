// Asks qemu what the clock of its machine shows. https://www.qemu.org/docs/master/interop/qmp-spec.html
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

const EVERY_MS = 200
const QUESTION = { execute: 'qom-get', arguments: { path: '/machine', property: 'rtc-time' } }

interface RtcTime {
  readonly tm_year: number
  readonly tm_mon: number
  readonly tm_mday: number
  readonly tm_hour: number
  readonly tm_min: number
  readonly tm_sec: number
}

/** `told` hears it several times a second, to the full second, until this is ended or the machine is. */
export function watchClock(socketPath: string, told: (ms: number) => void): () => void {
  let socket: Socket | undefined
  const ask = setInterval(() => {
    socket ??= converse(socketPath, told, () => {
      socket = undefined
    })
    if (socket.readyState === 'open') socket.write(`${JSON.stringify(QUESTION)}\n`)
  }, EVERY_MS)
  return () => {
    clearInterval(ask)
    socket?.destroy()
  }
}

function converse(socketPath: string, told: (ms: number) => void, ended: () => void): Socket {
  const socket = connect(socketPath, () => socket.write('{"execute":"qmp_capabilities"}\n'))
  // Not there yet, or gone.
  socket.on('error', ended)
  createInterface({ input: socket })
    .on('line', (line) => {
      const { return: time } = JSON.parse(line) as { return?: Partial<RtcTime> }
      if (time?.tm_year !== undefined) told(msOf(time as RtcTime))
    })
    .on('error', () => {})
  return socket
}

const msOf = ({ tm_year, tm_mon, tm_mday, tm_hour, tm_min, tm_sec }: RtcTime): number =>
  Date.UTC(tm_year + 1900, tm_mon, tm_mday, tm_hour, tm_min, tm_sec)
