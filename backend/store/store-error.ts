export type StoreTrouble = 'newer-schema' | 'not-writable' | 'not-a-database' | 'unreadable'

/** The database file cannot be used as it is; the message says what to do about it. */
export class StoreError extends Error {
  readonly kind: StoreTrouble

  constructor(kind: StoreTrouble, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'StoreError'
    this.kind = kind
  }
}
