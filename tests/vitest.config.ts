import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that mostly wait, for systemd or for an update that proves itself: begun first, they end while the others work. */
const LONG_WAITS = [/tests\/appliance\//, /tests\/pi\/update/]

class LongWaitsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONG_WAITS.findIndex((pattern) => pattern.test(moduleId))
      return place < 0 ? LONG_WAITS.length : place
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/global-setup.ts',
    sequence: { sequencer: LongWaitsFirst },
    // Two more than there are cores: by itself it would leave one idle, and those that mostly wait need none.
    maxWorkers: availableParallelism() + 2,
    // A browser or a server may need long to start on a slow machine; no test measures time.
    testTimeout: 60_000,
    // Real browsers and whole machines beside one another on two cores: one may be starved. What fails twice has failed.
    retry: process.env.CI ? 1 : 0,
    hookTimeout: 120_000,
  },
})
