export type RefusalStatus = 400 | 401 | 403 | 404 | 422 | 429 | 500 | 502 | 503 | 504

/** An answer other than 200. `errorType` is what the gateway names it in a header. */
export class Refusal extends Error {
  readonly status: RefusalStatus
  readonly body: Readonly<Record<string, string>>
  readonly errorType: string | undefined

  constructor(status: RefusalStatus, body: Readonly<Record<string, string>>, errorType?: string) {
    super(body.message ?? body.Message ?? String(status))
    this.name = 'Refusal'
    this.status = status
    this.body = body
    this.errorType = errorType
  }
}

export const malformed = (message: string): Refusal => new Refusal(400, { message })
export const tooMuch = (message: string): Refusal => new Refusal(422, { message })

/** The gateway knows no such path; it does not say 404. */
export const noSuchPath = (): Refusal =>
  new Refusal(403, { message: 'Missing Authentication Token' }, 'MissingAuthenticationTokenException')

export const tooManyRequests = (): Refusal =>
  new Refusal(429, { message: 'Too Many Requests' }, 'TooManyRequestsException')

export const serverError = (status: 500 | 502 | 503 | 504): Refusal =>
  new Refusal(status, { message: 'Internal server error' }, 'InternalServerErrorException')
