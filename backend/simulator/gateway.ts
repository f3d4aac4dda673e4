// What CloudFront and API Gateway put around an answer.
import { keyAt, keyOf } from './hash.ts'

/** `count` tells the answers of one simulator apart. */
export function gatewayHeaders(
  nowMs: number,
  count: number,
  { ok }: { ok: boolean },
): Record<string, string> {
  const hex = (name: string, words: number) =>
    Array.from({ length: words }, (_, word) =>
      (keyAt(keyOf(count, name), word) >>> 0).toString(16).padStart(8, '0'),
    ).join('')
  const uuid = hex('request', 4).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  const opaque = (name: string, words: number) => Buffer.from(hex(name, words), 'hex').toString('base64url')
  return {
    Date: new Date(nowMs).toUTCString(),
    'x-amzn-RequestId': uuid,
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Credentials': 'true',
    'x-amz-apigw-id': `${opaque('gateway', 2)}SwMFSJw=`,
    'X-Amzn-Trace-Id': `Root=1-${Math.floor(nowMs / 1000).toString(16)}-${hex('trace', 3)}`,
    'X-Cache': ok ? 'Miss from cloudfront' : 'Error from cloudfront',
    Via: `1.1 ${hex('edge', 4)}.cloudfront.net (CloudFront)`,
    'X-Amz-Cf-Pop': 'SYD62-P1',
    'X-Amz-Cf-Id': `${opaque('answer', 10)}==`,
  }
}
