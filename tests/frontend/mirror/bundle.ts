// The modules under test as a browser gets them: bundled by the build tool of the product.
import { build, type Rolldown } from 'vite'

const root = new URL('../../..', import.meta.url).pathname

export async function bundle(
  entry: string,
  { format = 'es', define = {} }: { format?: 'es' | 'iife'; define?: Record<string, string> } = {},
): Promise<string> {
  const built = (await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"', ...define },
    build: {
      write: false,
      minify: true,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: new URL(entry, import.meta.url).pathname,
        output: { format, codeSplitting: false },
      },
    },
  })) as Rolldown.RolldownOutput
  return built.output[0].code
}

export const servedPage = (script: string): { type: string; body: string } => ({
  type: 'text/html',
  body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>test</title><script type="module" src="${script}"></script></html>`,
})

export const servedScript = (body: string): { type: string; body: string } => ({
  type: 'text/javascript',
  body,
})
