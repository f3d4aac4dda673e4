import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/global-setup.ts',
    // A browser or a server may need long to start on a slow machine; no test measures time.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
