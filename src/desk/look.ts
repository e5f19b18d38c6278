import type { Speaking } from '../language/request.ts';
import { transactionsOf } from '../store/conversations.ts';
import { type Feed, feeds } from '../store/feeds.ts';
import { personOf } from '../store/people.ts';
import type { Audience, MessageKey } from '../store/unit.ts';
import type { Actor } from '../ticket/actor.ts';
import { lifecycleOf } from '../ticket/lifecycle.ts';
import type { Policy } from '../ticket/policy.ts';
import { hasRole, may, visibility } from '../ticket/rights.ts';
import type { TicketId } from '../ticket/ticket.ts';
import { conversationBelow } from './conversation.ts';
import type { Desk, Intake } from './desk.ts';
import { keepFiles } from './files.ts';
import type { Address, Inbound } from './inbound.ts';
import type { Situation } from './situation.ts';

/** Looks up all that is needed to understand an inbound. */
export async function look(
  desk: Desk,
  inbound: Inbound,
  speaker: Actor,
): Promise<{ situation: Situation; speaking: Speaking }> {
  const { where } = inbound;
  const told = await feeds(desk.store);
  const conversation = await conversationBelow(desk, inbound, speaker.person);
  const intake = desk.intakes.find((each) => sameChannel(each, where))?.queue ?? null;
  const here = told.filter(({ key }) => sameChannel(key, where));
  // A channel that follows all of a queue is that queue's; one that follows a part of another may be so besides.
  const queue = intake ?? (here.find(({ search }) => search === '') ?? here[0])?.queue ?? null;
  const situation: Situation = {
    ticket: conversation?.ticket ?? null,
    audience: conversation?.audience ?? (await audienceHere(desk, where, speaker, conversation?.ticket ?? null, told)),
    feeds: here,
    intake,
    queue,
    taken: await takenAs(desk, inbound),
    author: inbound.kind === 'reaction' ? await personOf(desk.store, where, inbound.author) : speaker.person,
    ...(await keepFiles(desk, inbound, speaker.person)),
  };
  return { situation, speaking: speakingOf(desk.policy, inbound, speaker, situation) };
}

/** The transactions that the message of an inbound was taken up as. */
export async function takenAs(desk: Desk, inbound: Inbound) {
  if (inbound.kind === 'message' || !('message' in inbound) || inbound.message === null) return [];
  return transactionsOf(desk.store, messageKey(inbound.where, inbound.message));
}

/** A message by the platform's ids. */
export function messageKey({ platform, workspace, channel }: Address, message: string): MessageKey {
  return { platform, workspace, channel, message };
}

/** Whether each top-level message of a channel becomes a ticket. */
export function isIntake(intakes: readonly Intake[], where: Address): boolean {
  return intakes.some((intake) => sameChannel(intake, where));
}

/** Who reads along in a channel: staff, where the feed of the queue says so; else anybody, requestors among them. */
export function audienceOf(channelFeeds: readonly Feed[], queue: string): Audience {
  return channelFeeds.some((feed) => feed.audience === 'staff' && feed.queue === queue) ? 'staff' : 'requestor';
}

/**
 * Who reads along where a ticket is talked about in a place that is not known as its conversation: under its card in a
 * channel, those who read the channel; in a direct conversation with Docket, the one who speaks.
 */
async function audienceHere(
  desk: Desk,
  where: Address,
  speaker: Actor,
  id: TicketId | null,
  told: readonly Feed[],
): Promise<Audience> {
  const ticket = id === null ? undefined : (await desk.store.load([id])).get(id);
  if (ticket === undefined) return 'requestor';
  if (!where.direct) {
    return audienceOf(
      told.filter(({ key }) => sameChannel(key, where)),
      ticket.queue,
    );
  }
  const queue = desk.policy.queues.get(ticket.queue);
  const staff = queue !== undefined && may(speaker, 'ShowTicketComments', queue, ticket);
  return staff && !hasRole(ticket, 'requestor', speaker.person) ? 'staff' : 'requestor';
}

/** Whether a place is in the channel of an address, in whatever thread. */
export function sameChannel(a: { platform: string; workspace: string; channel: string }, b: Address): boolean {
  return a.platform === b.platform && a.workspace === b.workspace && a.channel === b.channel;
}

/** Only what the speaker may know of is among the names: "did you mean" must not tell of the rest. */
function speakingOf(policy: Policy, inbound: Inbound, speaker: Actor, situation: Situation): Speaking {
  const names = namesFor(policy, speaker);
  return {
    now: inbound.at,
    zone: speaker.zone,
    // A button names its ticket, also in the thread of another.
    ticket: inbound.kind === 'press' || inbound.kind === 'submit' ? null : situation.ticket,
    ...names,
    queue: situation.queue,
    markup: inbound.where.platform === 'slack' ? 'mrkdwn' : 'markdown',
    plainText: isRepliedTo(policy, speaker, situation) ? 'reply' : 'comment',
  };
}

/** Bare words are a reply in the requestor's own thread, and from those who may not comment anyhow. */
function isRepliedTo(policy: Policy, speaker: Actor, { ticket, audience }: Situation): boolean {
  if (ticket !== null) return audience === 'requestor';
  return ![...policy.queues.values()].some((queue) => may(speaker, 'CommentOnTicket', queue, null));
}

/** Whether everybody who reads along in a place may know of a queue: those of its workspace, and guests where there are. */
export function isKnown(policy: Policy, queue: string, { platform, workspace, guests = false }: Address): boolean {
  const rights = policy.queues.get(queue)?.rights ?? {};
  const holders = guests ? ['everyone'] : ['everyone', `${platform}:${workspace}`];
  const granted = holders.flatMap((holder) => rights[holder] ?? []);
  return (['SeeQueue', 'CreateTicket', 'ShowTicket'] as const).some((right) => granted.includes(right));
}

/**
 * Whether a ticket of a queue may be talked about in a place, for all there to read: where somebody is alone with Docket,
 * where the configuration says so by a feed of the whole queue or by its intake, and where everybody may know of it anyhow.
 *
 * @param told feeds, those of the place among them
 */
export function mayTalkOf(
  { policy, intakes }: Pick<Desk, 'policy' | 'intakes'>,
  told: readonly Feed[],
  queue: string,
  where: Address,
): boolean {
  if (where.direct || isKnown(policy, queue, where)) return true;
  const fed = told.filter((feed) => feed.queue === queue && (feed.audience === 'staff' || feed.search === ''));
  return [...fed.map(({ key }) => key), ...intakes.filter((intake) => intake.queue === queue)].some((each) =>
    sameChannel(each, where),
  );
}

/** The queues that somebody may know of, what their tickets can be said to be, and the groups that they are in. */
export function namesFor(policy: Policy, actor: Actor): Pick<Speaking, 'queues' | 'statuses' | 'fields' | 'groups'> {
  const seen = visibility(actor, policy);
  // Whoever sees only tickets on which they have a role learns of the queue by these, and not before.
  const known = [...policy.queues.values()].filter(
    (queue) =>
      seen.get(queue.name)?.tickets === 'all' ||
      may(actor, 'SeeQueue', queue, null) ||
      may(actor, 'CreateTicket', queue, null),
  );
  const statuses = known.flatMap(({ name }) => lifecycleOf(policy, name)?.statuses.map((status) => status.name) ?? []);
  return {
    queues: known.map(({ name }) => name),
    // All the people of a workspace are not a group to be spoken of.
    groups: [...actor.groups].filter((group) => !group.includes(':')),
    statuses: [...new Set(statuses)],
    fields: [...new Set(known.flatMap(({ fields }) => fields.map((field) => field.name)))],
  };
}
