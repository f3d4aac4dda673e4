// Builds the front end into /dist. Everything is a file of our own: the server's content security policy allows no inline
// script or style, and no address but its own.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import solid from 'vite-plugin-solid'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const { version } = JSON.parse(readFileSync(here('../package.json'), 'utf8')) as { version: string }

type ModuleOf = (id: string) => { readonly importers: readonly string[]; readonly isEntry: boolean } | null

/** What the first screen needs is one file: cut up by who else needs it, it would be a dozen, each with its own frame. */
function isOfFirstScreen(id: string, moduleOf: ModuleOf, seen = new Set<string>()): boolean {
  if (seen.has(id)) return false
  seen.add(id)
  const module = moduleOf(id)
  if (!module || module.isEntry) return module !== null
  return module.importers.some((importer) => isOfFirstScreen(importer, moduleOf, seen))
}

export default defineConfig({
  root: here('.'),
  define: { APP_VERSION: JSON.stringify(version) },
  worker: { format: 'es' },
  resolve: {
    alias: {
      // Its other build is for browsers that know no classes, and weighs 1 kB more; whoever has service workers knows them.
      'workbox-window': 'workbox-window/build/workbox-window.prod.mjs',
      // What ofetch brings for addresses and JSON would be there twice, in the page and in its worker, 1.7 kB each.
      ufo: here('src/mirror/left-out-of-ofetch.ts'),
      destr: here('src/mirror/left-out-of-ofetch.ts'),
    },
  },
  build: {
    outDir: here('../dist'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              debugName: 'first',
              name: (id, context) =>
                isOfFirstScreen(id, (one) => context.getModuleInfo(one)) ? 'first' : null,
            },
            // A few lines each: as files of their own they would be frames around little.
            {
              name: 'asked',
              test: /mirror\/(health|keep-answer|memory-store|revisions|site-mirror|sites|tally)\.ts$/,
            },
            { name: 'screens', minShareCount: 2 },
          ],
        },
      },
    },
  },
  plugins: [
    solid(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/worker',
      filename: 'service-worker.ts',
      injectRegister: null,
      // They are files of the build like any other, and listed once.
      includeManifestIcons: false,
      injectManifest: {
        rollupFormat: 'iife',
        globPatterns: ['**/*.{html,js,css,woff2,svg,png}'],
      },
      manifest: {
        name: 'Home Energy Analysis',
        short_name: 'Energy',
        description: 'What power costs now, what it will cost, and when to use it',
        lang: 'en-AU',
        id: '/',
        start_url: '/',
        display: 'standalone',
        background_color: '#f4f2ec',
        theme_color: '#f4f2ec',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml' },
        ],
      },
    }),
  ],
})
