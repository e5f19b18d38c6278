import type { Address } from '../desk/inbound.ts';
import { type Connector, Undeliverable } from '../desk/outlet.ts';
import type { Target } from '../store/deliveries.ts';
import { identitiesOf } from '../store/people.ts';
import { places } from '../store/places.ts';
import type { JobContext } from './context.ts';

/** Where a target is reached: a connector, and an address on its platform. */
export interface Reach {
  readonly connector: Connector;
  readonly address: Address;
}

/**
 * Where a place or a person is reached; a person in their direct conversation on the first platform that has one.
 *
 * @throws Undeliverable where there is no way
 */
export async function reach(context: JobContext, to: Target): Promise<Reach> {
  return 'place' in to ? reachPlace(context, to.place) : reachPerson(context, to.person);
}

async function reachPlace({ desk, connectors }: JobContext, id: number): Promise<Reach> {
  const address = (await places(desk.store, [id])).get(id);
  const connector = address && connectors.get(address.platform);
  if (address === undefined || connector === undefined) {
    throw new Undeliverable(`no connector runs for ${address?.platform ?? `place ${id}`}`);
  }
  return { connector, address };
}

async function reachPerson({ desk, connectors }: JobContext, person: number): Promise<Reach> {
  for (const { platform, workspace, id } of await identitiesOf(desk.store, person)) {
    const connector = connectors.get(platform);
    const address = await connector?.direct(workspace, id);
    if (connector !== undefined && address != null) return { connector, address };
  }
  throw new Undeliverable(`person ${person} has no direct conversation on any platform that is connected`);
}
