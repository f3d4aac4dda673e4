// The gallery is for tests and for eyes; it is no part of the product's build.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
  define: { APP_VERSION: '"1.2.3"' },
  plugins: [solid()],
})
