import { calledIn, type LineView, type View } from '../connector.ts';
import { lineFits } from './blocks/line.ts';
import { limits } from './limits.ts';
import { platform } from './platform.ts';
import type { Drawing } from './rich-text.ts';
import type { Slack } from './slack.ts';

/** What a view is drawn with, where nobody in it is to be called. */
export function quietDrawing({ options }: Pick<Slack, 'options'>): Drawing {
  return { slackUser: () => null, ticketUrl: (ticket) => options.ticketUrl?.(ticket) ?? null };
}

/** Whether one message shows all of a line, whoever is called in it. */
export function fits(slack: Pick<Slack, 'options'>, line: LineView): boolean {
  return lineFits(line, { ...quietDrawing(slack), slackUser: () => 'U'.padEnd(limits.userId, '0') });
}

/** What a view is drawn with: those in it who have an account in the workspace are called by it. */
export async function drawingFor(slack: Slack, view: View): Promise<Drawing> {
  const people = calledIn(view);
  if (people.length === 0) return quietDrawing(slack);
  const accounts = await slack.door.accounts({ platform, workspace: slack.team }, people);
  return { ...quietDrawing(slack), slackUser: (person) => accounts.get(person) ?? null };
}
