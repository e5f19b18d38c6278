import { Refusal } from './refusal.ts';
import { type Json, recordOf, recordsOf, textOf, type View } from './shapes.ts';
import { initialValues } from './view-values.ts';
import { bot, type Workspace } from './workspace.ts';

/** Modals that can stand above each other (docs.slack.dev/surfaces/modals). */
const deepest = 3;

/** The modals that are open, and everybody's App Home. */
export class Views {
  readonly #modals = new Map<string, readonly View[]>();
  readonly #homes = new Map<string, View>();
  #changes = 0;

  constructor(private readonly workspace: Workspace) {}

  /** The modals that somebody has open, the one in sight last. */
  stack(user: string): readonly View[] {
    return this.#modals.get(user) ?? [];
  }

  home(user: string): View | null {
    return this.#homes.get(user) ?? null;
  }

  /** Opens a modal in the place of what was open. */
  open(user: string, content: Json): View {
    const view = this.#made(user, 'modal', content, null);
    this.#show(user, [view]);
    return view;
  }

  /** @throws Refusal not_found, push_limit_reached */
  push(user: string, onto: string | null, content: Json): View {
    const stack = this.stack(user);
    const below = stack.at(-1);
    if (below === undefined || (onto !== null && below.id !== onto)) throw new Refusal('not_found');
    if (stack.length >= deepest) throw new Refusal('push_limit_reached');
    const view = this.#made(user, 'modal', content, below.id);
    this.#show(user, [...stack, view]);
    return view;
  }

  /** @throws Refusal duplicate_external_id */
  update(view: View, content: Json): View {
    const made = this.#made(view.owner, view.type, content, view.below, view.id);
    return this.#replace({ ...made, values: { ...made.values, ...kept(view, made) } });
  }

  publish(user: string, content: Json): View {
    const view = this.#made(user, 'home', content, null, this.home(user)?.id);
    this.#homes.set(user, view);
    this.workspace.tell({ kind: 'home', user, view });
    return view;
  }

  /** Somebody writes into inputs, or is told what is wrong with them. */
  fill(view: View, values: View['values'], errors: View['errors']): View {
    return this.#replace({ ...view, values, errors });
  }

  /** Takes away a modal, and those above it. */
  close(view: View): void {
    const stack = this.stack(view.owner);
    const at = stack.findIndex(({ id }) => id === view.id);
    this.#show(view.owner, at === -1 ? stack : stack.slice(0, at));
  }

  clear(user: string): void {
    this.#show(user, []);
  }

  /** @throws Refusal not_found */
  find(id: string, externalId = ''): View {
    const all = [...this.#homes.values(), ...[...this.#modals.values()].flat()];
    const found = all.find((view) =>
      id === '' ? externalId !== '' && view.externalId === externalId : view.id === id,
    );
    if (found === undefined) throw new Refusal('not_found');
    return found;
  }

  /** @throws Refusal hash_conflict where a hash was given, and the view has changed since */
  guard(view: View, hash: string): void {
    if (hash !== '' && hash !== view.hash) throw new Refusal('hash_conflict');
  }

  /** A view as the Web API and payloads show it (docs.slack.dev/reference/interaction-payloads/view-interactions-payload). */
  json(view: View): Json {
    const { private_metadata = '', callback_id = '', title, submit = null, close = null } = view.content;
    const stack = this.stack(view.owner);
    return {
      ...{ id: view.id, team_id: this.workspace.team, type: view.type, blocks: view.blocks },
      ...{ private_metadata, callback_id, external_id: view.externalId, hash: view.hash, title, submit, close },
      ...{ state: { values: view.values }, clear_on_close: false, notify_on_close: false },
      ...{ previous_view_id: view.below, root_view_id: stack[0]?.id ?? view.id, app_id: bot.app, bot_id: bot.id },
      app_installed_team_id: this.workspace.team,
    };
  }

  #made(owner: string, type: View['type'], content: Json, below: string | null, id?: string): View {
    this.#changes += 1;
    const blocks = recordsOf(content['blocks']);
    const externalId = textOf(content['external_id']);
    const others = [...this.#homes.values(), ...[...this.#modals.values()].flat()].filter((view) => view.id !== id);
    if (externalId !== '' && others.some((view) => view.externalId === externalId)) {
      throw new Refusal('duplicate_external_id');
    }
    return {
      ...{ id: id ?? this.workspace.id('V'), type, owner, externalId, below, content, blocks },
      title: textOf(recordOf(content['title'])['text']),
      hash: `${Math.floor(this.workspace.now() / 1_000)}.${this.#changes}`,
      values: initialValues(blocks),
      errors: {},
    };
  }

  #replace(view: View): View {
    if (view.type === 'home') {
      this.#homes.set(view.owner, view);
      return view;
    }
    this.#show(
      view.owner,
      this.stack(view.owner).map((each) => (each.id === view.id ? view : each)),
    );
    return view;
  }

  #show(user: string, stack: readonly View[]): void {
    this.#modals.set(user, stack);
    this.workspace.tell({ kind: 'view', user, views: stack });
  }
}

/** Inputs of the same `block_id` and `action_id` keep what was written in them. */
function kept(before: View, after: View): View['values'] {
  const same = Object.entries(before.values).filter(([block, actions]) =>
    Object.keys(actions).every((action) => after.values[block]?.[action] !== undefined),
  );
  return Object.fromEntries(same);
}
