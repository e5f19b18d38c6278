import type { KnownBlock, HomeView as SlackHomeView } from '@slack/types';
import type { Button, HomeView, LineView, ListView } from '../connector.ts';
import { actions } from './blocks/actions.ts';
import { lineElements } from './blocks/line.ts';
import { listElements } from './blocks/list.ts';
import { fitted, plainText, richBlock } from './blocks/pieces.ts';
import { limits } from './limits.ts';
import { type Drawing, section } from './rich-text.ts';

/** The command of the form for a new ticket. */
const newTicket: Button = { label: 'New ticket', command: 'new', style: 'primary', opensForm: true, right: null };

/** Draws somebody's App Home (docs.slack.dev/surfaces/app-home): *New ticket*, their tickets, unowned ones, reminders. */
export function homeView({ mine, unowned, reminders }: HomeView, drawing: Drawing): SlackHomeView {
  return {
    type: 'home',
    blocks: fitted(
      (room) => [
        ...actionsAs('home:new', [newTicket]),
        ...listBlocks('home:mine', mine, drawing, Math.floor(room / 3)),
        ...(unowned === null ? [] : listBlocks('home:unowned', unowned, drawing, Math.floor(room / 3))),
        ...reminderBlocks(reminders, drawing, Math.floor(room / 3)),
      ],
      limits.viewJson,
    ),
  };
}

/** A list under its title, and below it a button for each of its first tickets. */
function listBlocks(id: string, list: ListView, drawing: Drawing, room: number): KnownBlock[] {
  const { rows, title, total } = list;
  return [
    { type: 'header', text: plainText(`${title} (${total})`, limits.headerText) },
    ...richBlock(listElements(list, drawing, room)),
    ...actionsAs(id, rows.slice(0, mostShows).map(show)),
  ];
}

const mostShows = 10;

function show({ ticket }: { ticket: number }): Button {
  return { label: `#${ticket}`, command: `show ${ticket}`, style: 'plain', opensForm: false, right: null };
}

const mostReminders = 20;

function reminderBlocks(reminders: readonly LineView[], drawing: Drawing, room: number): KnownBlock[] {
  const shown = reminders.slice(0, mostReminders);
  const more = reminders.length - shown.length;
  return [
    { type: 'header', text: plainText(`My reminders (${reminders.length})`, limits.headerText) },
    ...(shown.length === 0 ? richBlock(section([['None.']], drawing)) : []),
    ...shown.flatMap((line, index): KnownBlock[] => [
      ...richBlock(lineElements(line, drawing, Math.floor(room / shown.length))),
      ...actionsAs(`home:reminder:${index}`, line.buttons),
    ]),
    ...(more === 0 ? [] : richBlock(section([[`… and ${more} more`]], drawing))),
  ];
}

/** Ids of actions are theirs within a block alone; those of blocks keep them apart. */
function actionsAs(block_id: string, buttons: readonly Button[]): KnownBlock[] {
  return actions(buttons).map((block) => ({ ...block, block_id }));
}
