import { parse } from 'node-html-parser';
import { expect, test } from 'vitest';
import { Line } from '../../src/web/views.tsx';
import { line } from '../console/house.ts';

test('a time in a sentence is told apart from when it was said, which a message says already', async () => {
  const until = '2026-01-05T09:00:00.000Z';
  const said = {
    ...line(1, 'for the telco', true),
    head: ['Ada waits until ', { inline: 'time', at: until } as const],
  };
  const reader = { zone: 'UTC', now: new Date('2026-01-01T13:00:00Z') };
  const html = await (<Line id="l" line={said} pressed={{ to: '/c/noc/press', message: null }} reader={reader} />);
  const page = parse(html);
  expect(page.querySelectorAll('.when time').map((time) => time.getAttribute('datetime'))).toEqual([said.at]);
  expect(page.querySelectorAll('.head > time').map((time) => time.getAttribute('datetime'))).toEqual([until]);
});
