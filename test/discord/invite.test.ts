import { GatewayIntentBits, PermissionsBitField } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { intentsIn, permissions } from '../../connectors/discord/app.ts';
import { applicationOf, inviteLink } from '../../connectors/discord/invite.ts';

const app = '123456789012345678';

describe('the invite link', () => {
  const link = new URL(inviteLink(app));

  it('is Discord’s own, for the bot and its commands in a server', () => {
    expect(link.origin + link.pathname).toBe('https://discord.com/oauth2/authorize');
    expect(link.searchParams.get('client_id')).toBe(app);
    expect(link.searchParams.get('scope')).toBe('bot applications.commands');
    expect(link.searchParams.get('integration_type')).toBe('0');
  });

  it('asks for the permissions that are used, and for no power over a server', () => {
    const asked = new PermissionsBitField(BigInt(link.searchParams.get('permissions') ?? '0'));
    expect(asked.bitfield).toBe(permissions);
    expect(asked.has('SendMessagesInThreads')).toBe(true);
    for (const power of ['Administrator', 'ManageGuild', 'ManageRoles', 'ManageChannels', 'MentionEveryone'] as const) {
      expect(asked.has(power, false), power).toBe(false);
    }
  });

  it.each([
    ['MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz', app],
    ['no token', null],
    ['', null],
    [`${Buffer.from('twelve').toString('base64')}.x.y`, null],
  ])('the application of the token %j is %j', (token, application) => {
    expect(applicationOf(token)).toBe(application);
  });
});

describe('the intents', () => {
  it('that are privileged are asked for only where they are on', () => {
    const { MessageContent, GuildMembers } = GatewayIntentBits;
    expect(intentsIn({ messages: false, members: false })).not.toContain(MessageContent);
    expect(intentsIn({ messages: true, members: false })).toContain(MessageContent);
    expect(intentsIn({ messages: true, members: false })).not.toContain(GuildMembers);
    expect(intentsIn({ messages: false, members: true })).toContain(GuildMembers);
  });
});
