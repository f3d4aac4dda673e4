// Offers a disk to one virtual machine over a socket, in as much of the network block device protocol as qemu speaks.
// https://github.com/NetworkBlockDevice/nbd/blob/master/doc/proto.md
import { createServer, type Server, type Socket } from 'node:net'
import { SECTOR_BYTES, type VolatileDisk } from './volatile-disk.ts'

const OPTION_MAGIC = Buffer.from('IHAVEOPT')
const GREETING = Buffer.concat([Buffer.from('NBDMAGIC'), OPTION_MAGIC, Buffer.from([0, 3])])
const OPTION_REPLY_MAGIC = 0x3e889045565a9n
const REQUEST_MAGIC = 0x25609513
const REPLY_MAGIC = 0x67446698

const OPTION = { abort: 2, info: 6, go: 7 } as const
const REPLY = { ack: 1, info: 3, unsupported: 0x80000001 } as const
const COMMAND = { read: 0, write: 1, disconnect: 2, flush: 3 } as const
/** Has flags; knows flush. Without FUA the machine asks for a flush instead. */
const EXPORT_FLAGS = 1 | 4
const INVALID = 22
const NOTHING = new Uint8Array()

export interface DiskServer {
  close(): Promise<void>
}

export interface Watched {
  /** After each write is done, before the machine hears of it. */
  readonly onWrite: () => void
  /** False: the disk does nothing any more. */
  readonly isOn: () => boolean
}

export async function serveDisk(
  disk: VolatileDisk,
  socketPath: string,
  watched: Watched,
): Promise<DiskServer> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A machine that is killed leaves in the middle of a word.
    socket.on('error', () => socket.destroy())
    converse(socket, disk, watched).catch(() => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(socketPath, resolve))
  return {
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

async function converse(socket: Socket, disk: VolatileDisk, { onWrite, isOn }: Watched): Promise<void> {
  const take = reader(socket)
  socket.write(GREETING)
  await take(4)
  if (!(await agree(socket, take, disk.bytes))) return
  for (;;) {
    const head = await take(28)
    if (!isOn()) return
    if (head.readUInt32BE(0) !== REQUEST_MAGIC) throw new Error('not a request')
    const command = head.readUInt16BE(6)
    const [offset, length] = [Number(head.readBigUInt64BE(16)), head.readUInt32BE(24)]
    const answer = (error: number, content: Uint8Array = NOTHING) => {
      const reply = Buffer.alloc(16)
      reply.writeUInt32BE(REPLY_MAGIC, 0)
      reply.writeUInt32BE(error, 4)
      head.copy(reply, 8, 8, 16)
      socket.write(Buffer.concat([reply, content]))
    }
    if (command === COMMAND.disconnect) return void socket.end()
    if (command === COMMAND.read) answer(0, disk.read(offset, length))
    else if (command === COMMAND.write) {
      const content = await take(length)
      if (!isOn()) return
      disk.write(offset, content)
      onWrite()
      if (isOn()) answer(0)
    } else if (command === COMMAND.flush) {
      disk.flush()
      answer(0)
    } else answer(INVALID)
  }
}

/** What the machine asks before it begins; false where it goes away again. */
async function agree(socket: Socket, take: Take, bytes: number): Promise<boolean> {
  for (;;) {
    const head = await take(16)
    const [option, length] = [head.readUInt32BE(8), head.readUInt32BE(12)]
    await take(length)
    const reply = (type: number, content: Uint8Array = NOTHING) => {
      const words = Buffer.alloc(20)
      words.writeBigUInt64BE(OPTION_REPLY_MAGIC, 0)
      words.writeUInt32BE(option, 8)
      words.writeUInt32BE(type, 12)
      words.writeUInt32BE(content.length, 16)
      socket.write(Buffer.concat([words, content]))
    }
    if (option === OPTION.abort) {
      reply(REPLY.ack)
      return false
    }
    if (option !== OPTION.go && option !== OPTION.info) {
      reply(REPLY.unsupported)
      continue
    }
    reply(REPLY.info, exportInfo(bytes))
    reply(REPLY.info, blockSizeInfo())
    reply(REPLY.ack)
    if (option === OPTION.go) return true
  }
}

function exportInfo(bytes: number): Buffer {
  const info = Buffer.alloc(12)
  info.writeBigUInt64BE(BigInt(bytes), 2)
  info.writeUInt16BE(EXPORT_FLAGS, 10)
  return info
}

function blockSizeInfo(): Buffer {
  const info = Buffer.alloc(14)
  info.writeUInt16BE(3, 0)
  info.writeUInt32BE(SECTOR_BYTES, 2)
  info.writeUInt32BE(4096, 6)
  info.writeUInt32BE(4 * 1024 * 1024, 10)
  return info
}

type Take = (bytes: number) => Promise<Buffer>

/** So many bytes of what comes in, once they are there. */
function reader(socket: Socket): Take {
  let arrived: Buffer[] = []
  let bytes = 0
  let waiting:
    | { need: number; resolve: (content: Buffer) => void; reject: (error: Error) => void }
    | undefined
  const serve = () => {
    if (!waiting || bytes < waiting.need) return
    const all = Buffer.concat(arrived)
    const { need, resolve } = waiting
    waiting = undefined
    arrived = [all.subarray(need)]
    bytes = all.length - need
    resolve(all.subarray(0, need))
  }
  socket.on('data', (content) => {
    arrived.push(content)
    bytes += content.length
    serve()
  })
  socket.on('close', () => waiting?.reject(new Error('the machine has gone')))
  return (need) =>
    new Promise((resolve, reject) => {
      waiting = { need, resolve, reject }
      serve()
    })
}
