// Whether a phone of this home has ever used https here: until then the kitchen screen shows how to begin.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createMiddleware } from 'hono/factory'
import { isEncrypted, isFromThisMachine } from './this-machine.ts'

export interface PhoneMemory {
  wasSeen(): boolean
  remember(): void
}

/** Kept beside the database, so that a restart asks for nothing anew; without a folder, until the restart. */
export function createPhoneMemory(folder: string | undefined): PhoneMemory {
  const mark = folder === undefined ? undefined : join(folder, 'phone-has-https')
  let seen = mark !== undefined && existsSync(mark)
  return {
    wasSeen: () => seen,
    remember: () => {
      if (seen) return
      seen = true
      try {
        if (mark) writeFileSync(mark, '')
      } catch {
        // A folder that cannot be written costs a picture on the kitchen screen after each restart, and nothing else.
      }
    },
  }
}

/** Asking for the mirror is what an app does; looking at a page over https is not yet one. */
export const noticePhones = (phones: PhoneMemory) =>
  createMiddleware(async (c, next) => {
    await next()
    if (c.res.ok && isEncrypted(c) && !isFromThisMachine(c)) phones.remember()
  })
