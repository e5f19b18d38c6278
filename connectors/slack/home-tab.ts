import { quietDrawing } from './drawing.ts';
import { homeView } from './home.ts';
import { platform } from './platform.ts';
import type { Slack } from './slack.ts';

/** Draws somebody's App Home anew. */
export async function publishHome(slack: Slack, user: string): Promise<void> {
  const sender = await slack.people.sender(user);
  const content = await slack.door.home({ platform, workspace: slack.team, sender });
  await slack.api.call(null, (web) =>
    web.views.publish({ user_id: user, view: homeView(content, quietDrawing(slack)) }),
  );
}
