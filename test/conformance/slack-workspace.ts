import { events, scopes } from '../../connectors/slack/app.ts';
import type { SlackOptions } from '../emulators/slack/options.ts';
import type { Channel } from './user.ts';

const people: Readonly<Record<string, string>> = {
  admin: 'Alex Admin',
  ada: 'Ada Okafor',
  bo: 'Bo Lindqvist',
  sue: 'Sue Tanaka',
  rita: 'Rita Gomez',
  rob: 'Rob Weiss',
};
const everyone = Object.keys(people);
const members: Readonly<Record<Channel, readonly string[]>> = {
  helpdesk: everyone,
  lobby: everyone,
  noc: ['admin', 'ada', 'bo', 'sue'],
  security: ['admin', 'sue'],
};

export const userId = (handle: string) => `U0${handle.toUpperCase()}`;
export const channelId = (channel: Channel) => `C0${channel.toUpperCase()}`;

/** The people and channels of the scenarios, as a Slack workspace that granted what the manifest asks for, and no more. */
export const workspace: SlackOptions = {
  team: 'T0DOCKET',
  scopes,
  events,
  // Longer than the real three seconds: what is to be in time is so on a busy machine, too.
  patience: 15_000,
  people: everyone.map((name) => ({
    ...{ id: userId(name), name, realName: people[name] ?? name },
    zone: name === 'rita' ? 'America/New_York' : 'Europe/Berlin',
  })),
  channels: (['helpdesk', 'lobby', 'noc', 'security'] as const).map((name) => ({
    ...{ id: channelId(name), name, private: name === 'security' },
    members: members[name].map(userId),
  })),
};
