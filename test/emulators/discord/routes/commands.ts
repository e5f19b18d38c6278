import { commandFaults, setFaults } from '../command-limits.ts';
import type { Command } from '../commands.ts';
import type { Core } from '../core.ts';
import { refusals, refuseFaults } from '../refusal.ts';
import type { Ask } from '../request.ts';
import { Answered, type Route, type Routes } from '../route.ts';
import { type Json, recordOf, recordsOf } from '../shapes.ts';

const global = '/applications/{application_id}/commands';
const ofGuild = '/applications/{application_id}/guilds/{guild_id}/commands';

const list: Route = (ask) => ask.core.commands.of(scopeOf(ask)).map((each) => commandJson(ask.core, each));

const replaceAll: Route = (ask) => {
  const { commands, world } = ask.core;
  const scope = scopeOf(ask);
  const definitions = recordsOf(ask.body);
  refuseFaults([...setFaults(definitions), ...definitions.flatMap((each, at) => commandFaults([at], each))]);
  commands.written += 1;
  const kept = definitions.map((each) => commands.put(scope, each, () => world.ids.next()));
  for (const old of commands.of(scope)) if (!kept.includes(old)) commands.remove(old);
  return kept.map((each) => commandJson(ask.core, each));
};

const create: Route = (ask) => {
  const { commands, world } = ask.core;
  const scope = scopeOf(ask);
  const definition = recordOf(ask.body);
  const others = commands
    .of(scope)
    .map((each) => each.definition)
    .filter(({ name }) => name !== definition['name']);
  refuseFaults([...setFaults([...others, definition]), ...commandFaults([], definition)]);
  commands.written += 1;
  const before = commands.of(scope).length;
  const made = commands.put(scope, definition, () => world.ids.next());
  return new Answered(commands.of(scope).length > before ? 201 : 200, commandJson(ask.core, made));
};

const get: Route = (ask) => commandJson(ask.core, found(ask));

const change: Route = (ask) => {
  const { commands } = ask.core;
  const before = found(ask);
  const definition = { ...before.definition, ...recordOf(ask.body) };
  refuseFaults(commandFaults([], definition));
  commands.written += 1;
  commands.remove(before);
  return commandJson(
    ask.core,
    commands.put(scopeOf(ask), definition, () => before.id),
  );
};

const remove: Route = (ask) => {
  ask.core.commands.written += 1;
  ask.core.commands.remove(found(ask));
  return null;
};

export const commandRoutes: Routes = Object.fromEntries(
  [global, ofGuild].flatMap((path) => [
    [`GET ${path}`, list],
    [`PUT ${path}`, replaceAll],
    [`POST ${path}`, create],
    [`GET ${path}/{command_id}`, get],
    [`PATCH ${path}/{command_id}`, change],
    [`DELETE ${path}/{command_id}`, remove],
  ]),
);

/** The guild that commands are registered in; null for all of Discord. */
function scopeOf({ core, path }: Ask): string | null {
  if (path['application_id'] !== core.world.app) throw refusals.missingAccess();
  const guild = path['guild_id'];
  if (guild === undefined) return null;
  if (!core.world.guilds.get(guild)?.members.has(core.world.app)) throw refusals.missingAccess();
  return guild;
}

function found(ask: Ask): Command {
  const command = ask.core.commands.find(scopeOf(ask), ask.path['command_id'] ?? '');
  if (command === null) throw refusals.unknownCommand();
  return command;
}

/** A command with what Discord fills in, and without what says no more than to leave it out. */
function commandJson({ world }: Core, { id, type, guild, definition }: Command): Json {
  return {
    ...{ id, application_id: world.app, version: id, default_member_permissions: null, nsfw: false },
    ...(guild === null ? { contexts: null, integration_types: [0], dm_permission: true } : { guild_id: guild }),
    ...{ name_localizations: null, description_localizations: null, description: '' },
    ...definition,
    ...{ type, ...('options' in definition ? { options: recordsOf(definition['options']).map(optionJson) } : {}) },
  };
}

/** Discord leaves out of an option what is false or empty. */
function optionJson({ options, required, autocomplete, ...option }: Json): Json {
  return {
    ...option,
    ...(required === true ? { required } : {}),
    ...(autocomplete === true ? { autocomplete } : {}),
    ...(recordsOf(options).length > 0 ? { options: recordsOf(options).map(optionJson) } : {}),
  };
}
