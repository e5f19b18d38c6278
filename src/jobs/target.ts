import type { Address } from '../desk/inbound.ts';
import { type Connector, Undeliverable } from '../desk/outlet.ts';
import type { Identity } from '../store/people.ts';
import { places } from '../store/places.ts';
import type { JobContext } from './context.ts';

/** Where a target is reached: a connector, and an address on its platform. */
export interface Reach {
  readonly connector: Connector;
  readonly address: Address;
}

/** How something is told there; `again`: an attempt before this one may have told it. */
export interface Way extends Reach {
  readonly again: boolean;
}

/**
 * Where a place is reached.
 *
 * @throws Undeliverable where Docket is not connected to its platform
 */
export async function reachPlace({ desk, connectors }: JobContext, id: number): Promise<Reach> {
  const address = (await places(desk.store, [id])).get(id);
  if (address === undefined) throw new Error(`There is no place ${id}.`);
  const connector = connectors.get(address.platform);
  if (connector === undefined) {
    throw new Undeliverable(`Docket is not connected to ${address.platform}`, {
      workspace: address,
      mend: `Connect it again, or take its places out of the configuration.`,
    });
  }
  return { connector, address };
}

/** The direct conversation with somebody as one platform knows them; null where there is none. */
export async function reachAs(
  { connectors }: JobContext,
  { platform, workspace, id }: Identity,
): Promise<Reach | null> {
  const connector = connectors.get(platform);
  const address = await connector?.direct(workspace, id);
  return connector === undefined || address == null ? null : { connector, address };
}
