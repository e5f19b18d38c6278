import { afterAll, beforeAll, describe } from 'vitest';
import { withoutSynapse } from './chroot.ts';
import { type Synapse, type SynapseOptions, startSynapse } from './synapse.ts';

/** Declares tests on a homeserver that they share; says so and leaves them out where there is none. */
export function onSynapse(title: string, tests: (synapse: () => Synapse) => void, options?: SynapseOptions): void {
  const missing = withoutSynapse();
  if (missing !== null) {
    console.log(`Left out, for ${missing}: ${title}. Run npm run synapse, as root, to prepare it.`);
  }
  // Starting Synapse takes 2 s, and on a machine with much else to do ten times that.
  describe.skipIf(missing !== null)(title, { timeout: 120_000 }, () => {
    let synapse: Synapse | null = null;
    beforeAll(async () => {
      synapse = await startSynapse(options);
    });
    afterAll(async () => {
      await synapse?.remove();
    });
    tests(() => {
      if (synapse === null) throw new Error('The homeserver did not start');
      return synapse;
    });
  });
}
