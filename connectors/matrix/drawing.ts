import { calledIn, type View } from '../connector.ts';
import type { Matrix } from './matrix.ts';
import { platform } from './platform.ts';

/** What a text is drawn with. */
export interface Drawing {
  /** The Matrix account of a person; null when they have none, or are not to be called. */
  readonly account: (person: number) => string | null;
  /** The address of a ticket's page; null when no web address is configured. */
  readonly ticketUrl: (ticket: number) => string | null;
  /** The zone that moments are told in: IANA name. */
  readonly zone: string;
}

/** Those who wait for a view where it is posted. */
export function awaiting(view: View): readonly number[] {
  return view.view === 'line' ? (view.awaitedBy ?? []) : [];
}

/** What a view is drawn with: those in it who have an account are called by it. */
export async function drawingFor(matrix: Matrix, view: View): Promise<Drawing> {
  const { options, server, door } = matrix;
  const people = [...new Set([...calledIn(view), ...awaiting(view)])];
  const accounts =
    people.length === 0 ? new Map<number, string>() : await door.accounts({ platform, workspace: server }, people);
  return {
    account: (person) => accounts.get(person) ?? null,
    ticketUrl: (ticket) => options.ticketUrl?.(ticket) ?? null,
    zone: options.zone,
  };
}
