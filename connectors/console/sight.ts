import type { Right } from '../../src/ticket/policy.ts';
import type { Viewer } from '../../src/web/sessions.ts';
import type { Door } from '../connector.ts';
import { senderOf } from './channels.ts';
import { type Guarded, platform, workspace } from './message.ts';

/** What one person may see of the messages of a channel that they are in. Lives for one answer: rights change. */
export class Sight {
  private readonly known = new Map<number, Promise<ReadonlySet<Right>>>();

  constructor(
    private readonly door: Door,
    readonly viewer: Viewer,
  ) {}

  rightsOn(ticket: number): Promise<ReadonlySet<Right>> {
    const known = this.known.get(ticket);
    if (known !== undefined) return known;
    const asked = this.door.rightsOn({ platform, workspace, sender: senderOf(this.viewer) }, ticket);
    this.known.set(ticket, asked);
    return asked;
  }

  /**
   * Whether they see a message. What is held back only its author sees; what concerns tickets, those who may see these,
   * and their comments too when it is for staff only.
   */
  async sees(message: Guarded): Promise<boolean> {
    if (message.writer === this.viewer.person) return true;
    if (message.held || (message.staffOnly && message.tickets.length === 0)) return false;
    const needed: Right = message.staffOnly ? 'ShowTicketComments' : 'ShowTicket';
    const rights = await Promise.all(message.tickets.map((ticket) => this.rightsOn(ticket)));
    return rights.every((set) => set.has(needed));
  }

  async visible<T extends Guarded>(messages: readonly T[]): Promise<T[]> {
    const seen = await Promise.all(messages.map((message) => this.sees(message)));
    return messages.filter((_, index) => seen[index]);
  }
}
