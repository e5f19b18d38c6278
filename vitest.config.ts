import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const pages = 'test/browser/**/*.test.ts';

/** Tests that need a Matrix homeserver, which `npm run synapse` prepares. */
const homeserver = [
  'test/conformance/matrix.test.ts',
  'test/together/matrix.test.ts',
  'test/synapse/**/*.test.ts',
  'test/matrix/{cross-signing,encrypted-house,encryption,everyday,killed,messages,notifying,outage,readme,rooms,session,strict}.test.ts',
];

/**
 * Milliseconds that a test and its preparations may take. A test waits no longer than it must, so that patience costs
 * nothing, and a busy machine fails none.
 */
const limits = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 15_000 } },
};

/** What takes minutes is begun first: else one worker waits for it in the end, with nothing to do. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((one, other) => minutes(other.moduleId) - minutes(one.moduleId));
  }
}

/** About how many minutes a file takes, from its name. */
function minutes(file: string): number {
  if (file.endsWith('conformance/matrix.test.ts')) return 5;
  return /conformance|together|outage|hostile|refusals|upgrade/.test(file) ? 1 : 0;
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/support/postgres.ts'],
    // One group after the other: what has to be seen within a second is looked at while nothing else has the machine.
    projects: [
      { test: { name: 'pages', include: [pages], sequence: { groupOrder: 0 }, maxWorkers: 2, ...limits } },
      {
        test: {
          name: 'main',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: [pages, ...homeserver],
          sequence: { groupOrder: 1 },
          // Many tests wait for a platform's pace: with a third worker the two cores of a small machine are in use.
          maxWorkers: 3,
          ...limits,
        },
      },
      { test: { name: 'homeserver', include: homeserver, sequence: { groupOrder: 2 }, maxWorkers: 2, ...limits } },
    ],
  },
});
