import { defineConfig } from 'vitest/config';

const pages = 'test/browser/**/*.test.ts';

/** Milliseconds that a test and its preparations may take, and what runs at a time: two cores have no room for more. */
const limits = { testTimeout: 20_000, hookTimeout: 60_000, maxWorkers: 2 };

export default defineConfig({
  test: {
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
