import { type AnswerErrors, forms } from '../language/form.ts';
import type { FormName, Request } from '../language/request.ts';
import type { Actor } from '../ticket/actor.ts';
import { noSuchTicket, type Refusal } from '../ticket/refusal.ts';
import { may } from '../ticket/rights.ts';
import { settableFields } from '../ticket/settings.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { Desk } from './desk.ts';
import { formView } from './form.ts';
import { namesFor } from './look.ts';
import { seenTicket } from './see.ts';
import type { FormView } from './view.ts';

type Asked = Extract<Request, { do: 'form' }>;

/** A form as this person gets it: with what there is to choose from and what stands on the ticket now. */
export async function fillForm(
  desk: Desk,
  person: Actor,
  { form, ticket: id, said }: Asked,
  last: { values: Readonly<Record<string, string>>; errors: AnswerErrors['errors'] },
): Promise<FormView | Refusal> {
  if (id === null)
    return formView(form, forms[form].title, form, {
      ...last,
      choices: { queue: queueChoices(desk, person) },
      values: { queue: desk.policy.defaultQueue, ...said, ...last.values },
    });
  const ticket = await seenTicket(desk, person, id);
  if (ticket === null) return noSuchTicket(id);
  return formView(form, `${forms[form].title} · #${ticket.id}`, `form ${form} ${ticket.id}`, {
    ...last,
    choices: { queue: queueChoices(desk, person), field: fieldChoices(desk, ticket) },
    values: { ...current(form, ticket), ...last.values },
  });
}

function queueChoices(desk: Desk, person: Actor) {
  const { queues } = namesFor(desk.policy, person);
  const open = queues.filter((name) => {
    const queue = desk.policy.queues.get(name);
    return queue !== undefined && may(person, 'CreateTicket', queue, null);
  });
  return open.map(choice);
}

/** What `set` changes on a ticket; the owner has verbs of their own. */
function fieldChoices(desk: Desk, { queue }: Ticket) {
  const custom = desk.policy.queues.get(queue)?.fields ?? [];
  return [...settableFields.filter((field) => field !== 'owner'), ...custom.map(({ name }) => name)].map(choice);
}

function choice(name: string) {
  return { value: name, label: name };
}

/** What stands on a ticket, for inputs that change it. */
function current(form: FormName, ticket: Ticket): Record<string, string> {
  const standing = { queue: ticket.queue, priority: `${ticket.priority}` };
  return form === 'next' ? { ...standing, text: ticket.next } : standing;
}
