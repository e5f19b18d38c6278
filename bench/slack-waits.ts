import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { eventually, isTold } from '../test/conformance/acts.ts';
import { consoleUser } from '../test/conformance/console.ts';
import { slackUser } from '../test/conformance/slack-client.ts';
import { workspace } from '../test/conformance/slack-workspace.ts';
import { startSlack } from '../test/emulators/slack/slack.ts';
import { asBuilt, startProcess } from '../test/hostile/process.ts';
import { mixed } from '../test/slack/world.ts';
import { print, timed } from './timing.ts';

/**
 * Somebody in Slack's emulator and somebody in the console hold one conversation: how long each waits for the other's words.
 *
 * @param folder where there is room for a database
 */
export async function slackWaits(folder: string, times: number): Promise<void> {
  const own = path.join(folder, 'slack');
  await mkdir(own);
  const config = path.join(own, 'docket.yaml');
  await writeFile(config, mixed());
  const slack = await startSlack(workspace);
  const docket = await startProcess(
    '',
    {
      ...{ DOCKET_DATA: path.join(own, 'data'), DOCKET_CONFIG: config, SLACK_API_URL: slack.apiUrl },
      ...{ SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_MESSAGE_INTERVAL: '0' },
    },
    asBuilt,
  );
  await slack.connected();
  const [ada, rita] = [
    slackUser(slack, 'ada'),
    await consoleUser({ url: docket.url, menuUrl: docket.entrance }, 'rita', () => undefined),
  ];
  const asked = await rita.say('helpdesk', '#new in noc The line is down');
  const ticket = await eventually(ada, async () => {
    const found = (await ada.cards('noc')).find(({ card }) => card?.subject === 'The line is down');
    if (!found?.card) throw new Error('there is no card');
    return found.card.ticket;
  });
  const there: number[] = [];
  const back: number[] = [];
  for (let nth = 0; nth < times; nth++) {
    const [question, answer] = [`question-${nth}!`, `answer-${nth}!`];
    const heard = async () => expect((await rita.thread(asked)).map(({ text }) => text).join('\n')).toContain(question);
    const reply = await timed(async () => {
      await ada.say('noc', `#${ticket} !reply ${question}`);
      await eventually(rita, heard);
    });
    there.push(reply.ms);
    const said = await timed(async () => {
      await rita.say('helpdesk', answer, { thread: asked });
      await isTold(ada, 'noc', ticket, answer);
    });
    back.push(said.ms);
  }
  print('from a reply in Slack until the console shows it', there);
  print('from an answer in the console until Slack shows it', back);
  await docket.stop();
  await slack.stop();
}
