import type { RESTPutAPIApplicationCommandsJSONBody } from 'discord.js';
import { ApplicationCommandType, InteractionContextType, ApplicationCommandOptionType as Type } from 'discord.js';
import { groups, type Option, type Subcommand, subcommands } from './subcommands.ts';

/** What the commands in the menus of messages and people are called. */
export const commandNames = {
  ticket: 'ticket',
  makeTicket: 'Make a ticket',
  ticketFor: 'Ticket for this person',
} as const;

/** In guilds, and in the direct conversation with the bot. */
const contexts = [InteractionContextType.Guild, InteractionContextType.BotDM];

/** The commands, as Discord is to have them (docs.discord.com/developers/interactions/application-commands). */
export const commands: RESTPutAPIApplicationCommandsJSONBody = [
  {
    type: ApplicationCommandType.ChatInput,
    name: commandNames.ticket,
    description: 'Works tickets: /ticket help explains all of it.',
    contexts,
    options: [
      ...subcommands.map(defined),
      ...groups.map(({ name, description, subcommands: inner }) => ({
        type: Type.SubcommandGroup as const,
        name,
        description,
        options: inner.map(defined),
      })),
    ],
  },
  { type: ApplicationCommandType.Message, name: commandNames.makeTicket, contexts },
  { type: ApplicationCommandType.User, name: commandNames.ticketFor, contexts: [InteractionContextType.Guild] },
];

function defined({ name, description, options }: Subcommand) {
  // Discord wants what is required first.
  const inOrder = options.toSorted((one, other) => Number(other.required) - Number(one.required));
  return { type: Type.Subcommand as const, name, description, options: inOrder.map(option) };
}

function option({ name, description, required, type, complete }: Option) {
  const base = { name, description, required };
  switch (type) {
    case 'person':
      return { ...base, type: Type.User as const };
    case 'number':
      return { ...base, type: Type.Integer as const, min_value: 0, max_value: 100 };
    case 'words':
      return { ...base, type: Type.String as const, autocomplete: complete !== null };
  }
}
