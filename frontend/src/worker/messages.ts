// What a page asks of the service worker. The answer to SYNC is a SyncEnd, on the port that came with it.
export interface SyncRequest {
  readonly type: 'SYNC'
  /** The asking page's clock. */
  readonly nowMs: number
}

/** From a page that this worker is not in charge of. */
export interface ClaimRequest {
  readonly type: 'CLAIM'
}

/** As workbox-window says it. */
export interface SkipWaitingRequest {
  readonly type: 'SKIP_WAITING'
}

export type WorkerRequest = SyncRequest | ClaimRequest | SkipWaitingRequest
