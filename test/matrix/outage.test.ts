import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardOf, linesUnder, open } from '../conformance/acts.ts';
import { consolePlatform } from '../conformance/console.ts';
import { matrixPlatform } from '../conformance/matrix.ts';
import type { User } from '../conformance/user.ts';
import { onSynapse } from '../synapse/on-synapse.ts';
import type { Synapse, SynapseOptions } from '../synapse/synapse.ts';
import { openTogether, type World } from '../together/world.ts';

interface Trial {
  readonly tickets: number;
  readonly changes: number;
  /** What happens to the homeserver meanwhile. */
  readonly meanwhile: (synapse: Synapse) => Promise<void>;
  /** Until all is told. Milliseconds. */
  readonly patience: number;
}

/** Rita changes tickets at the console, whose feed is in Matrix: each change is a line there, and nothing is missed. */
function nothingIsLost(title: string, trial: Trial, options?: SynapseOptions): void {
  const { tickets, changes, meanwhile, patience } = trial;
  onSynapse(
    title,
    (synapse) => {
      let world: World;
      let ada: User;
      let rita: User;
      beforeAll(async () => {
        world = await openTogether([matrixPlatform(synapse), consolePlatform]);
        [ada, rita] = await Promise.all([world.user(0, 'ada'), world.user(1, 'rita')]);
      });
      afterAll(() => world?.close());

      test(
        `every line of ${changes} changes is there once, in order, and each card is right`,
        async () => {
          const numbers: number[] = [];
          for (let nth = 0; nth < tickets; nth++) numbers.push(await open(rita, `in noc Ticket ${nth}`));
          const left = `select (select count(*) from inbox where done_at is null) + (select count(*) from unannounced)
            + (select count(*) from deliveries where state = 'waiting') as left`;
          const allTold = () =>
            expect
              .poll(async () => (await world.docket.store.pool.query(left)).rows, { timeout: patience, interval: 250 })
              .toEqual([{ left: '0' }]);
          await allTold();

          const away = meanwhile(synapse());
          for (let nth = 0; nth < changes; nth++) {
            await rita.slash('lobby', `reply ${numbers[nth % tickets]} change-${nth}`);
          }
          await away;
          await allTold();

          for (const [nth, number] of numbers.entries()) {
            const lines = (await linesUnder(ada, 'noc', number)).flatMap((text) => /change-\d+/.exec(text)?.[0] ?? []);
            const expected = Array.from({ length: changes / tickets }, (_, round) => `change-${round * tickets + nth}`);
            expect(lines).toEqual(expected);
          }
          const cards = (await ada.cards('noc')).map(({ card }) => card?.ticket);
          expect(cards.toSorted()).toEqual(numbers.toSorted());
          // Docket hears again as well.
          const [first = 0] = numbers;
          await ada.slash('lobby', `resolve ${first}`);
          const status = async () => (await cardOf(ada, 'noc', first)).card.status;
          await expect.poll(status, { timeout: patience, interval: 250 }).toBe('resolved');
        },
        2 * patience + 120_000,
      );
    },
    options,
  );
}

nothingIsLost('Synapse is away for a minute', {
  ...{ tickets: 10, changes: 300, patience: 180_000 },
  meanwhile: async (synapse) => {
    await synapse.stop();
    await setTimeout(60_000);
    await synapse.start();
  },
});

nothingIsLost(
  'Synapse with the rate limits that it has by default',
  { ...{ tickets: 2, changes: 10, patience: 240_000 }, meanwhile: async () => undefined },
  { defaultLimits: true },
);
