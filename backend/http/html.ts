// The few pages that the server writes itself: they must be readable without a script and before anything is trusted.
import type { Context } from 'hono'

/** Text that is safe inside an element or an attribute. */
export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

export interface Page {
  readonly title: string
  /** HTML. */
  readonly body: string
  /** HTML. */
  readonly head?: string
}

export function page(c: Context, { title, body, head = '' }: Page, status: 200 | 403 | 429 = 200): Response {
  const html = `<!doctype html>
<html lang="en-AU">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/setup/page.css">
${head}</head>
<body>
<main>
${body}
</main>
</body>
</html>
`
  return c.html(html, status, { 'cache-control': 'no-store' })
}
