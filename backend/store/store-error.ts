export type StoreTrouble = 'newer-schema' | 'not-writable' | 'unreadable' | 'busy' | 'disk-full'

/** The database cannot be used just now, though nothing says that it is damaged; the message says what to do about it. */
export class StoreError extends Error {
  readonly kind: StoreTrouble

  constructor(kind: StoreTrouble, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'StoreError'
    this.kind = kind
  }
}
