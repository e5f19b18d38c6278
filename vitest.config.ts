import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const pages = 'test/browser/**/*.test.ts';

/**
 * Milliseconds that a test and its preparations may take, and what runs at a time: two cores have no room for more. A test
 * waits no longer than it must, so that patience costs nothing, and a busy machine fails none.
 */
const limits = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 15_000 } },
  maxWorkers: 2,
};

/** What takes minutes is begun first: else one of the two cores waits for it in the end, with nothing to do. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((one, other) => minutes(other.moduleId) - minutes(one.moduleId));
  }
}

/** About how many minutes a file takes, from its name. */
function minutes(file: string): number {
  if (file.endsWith('conformance/matrix.test.ts')) return 5;
  return /conformance|together|outage|hostile/.test(file) ? 1 : 0;
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/support/postgres.ts'],
    // What has to be seen within a second is looked at first, while no homeserver has its part of the machine.
    projects: [
      { test: { name: 'pages', include: [pages], sequence: { groupOrder: 0 }, ...limits } },
      {
        test: {
          name: 'all else',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: [pages],
          sequence: { groupOrder: 1 },
          ...limits,
        },
      },
    ],
  },
});
