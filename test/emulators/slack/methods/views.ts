import type { Arguments } from '../arguments.ts';
import { viewContent } from '../content.ts';
import type { Core } from '../core.ts';
import type { Method } from '../web-api.ts';

export const viewMethods: Readonly<Record<string, Method>> = {
  'views.open': (core, args) => {
    const content = viewContent(core, args.record('view'), 'modal');
    const { user } = core.triggers.exchange(args.required('trigger_id', 'invalid_trigger_id'));
    return { view: core.views.json(core.views.open(user, content)) };
  },

  'views.push': (core, args) => {
    const content = viewContent(core, args.record('view'), 'modal');
    const { user, view } = core.triggers.exchange(args.required('trigger_id', 'invalid_trigger_id'));
    return { view: core.views.json(core.views.push(user, view, content)) };
  },

  'views.update': (core, args) => {
    const of = core.views.find(args.text('view_id'), args.text('external_id'));
    core.views.guard(of, args.text('hash'));
    return { view: core.views.json(core.views.update(of, viewContent(core, args.record('view'), 'modal'))) };
  },

  'views.publish': (core, args) => {
    const user = userOf(core, args);
    const shown = core.views.home(user);
    if (shown !== null) core.views.guard(shown, args.text('hash'));
    return { view: core.views.json(core.views.publish(user, viewContent(core, args.record('view'), 'home'))) };
  },
};

function userOf({ workspace }: Core, args: Arguments): string {
  return workspace.person(args.required('user_id', 'user_not_found')).id;
}
