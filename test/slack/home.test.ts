import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { homeView } from '../../connectors/slack/home.ts';
import { unfurl } from '../../connectors/slack/unfurl.ts';
import { anyCard, anyLine, anyList } from '../support/views.ts';
import { refusedInMessage, refusedInView } from './accepted.ts';
import { drawing } from './texts.ts';

describe('the App Home', () => {
  it('keeps all of Slack’s limits, whatever is in it', () => {
    const anyHome = fc.record({
      view: fc.constant('home' as const),
      mine: anyList,
      unowned: fc.option(anyList),
      reminders: fc.array(anyLine, { maxLength: 60 }),
    });
    fc.assert(
      fc.property(anyHome, (content) => {
        expect(refusedInView(homeView(content, drawing))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('an unfurled link', () => {
  it('keeps all of Slack’s limits, and holds neither buttons nor rich text, which it refuses', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const { blocks = [] } = unfurl(card);
        expect(refusedInMessage(blocks)).toEqual([]);
        expect(blocks.map(({ type }) => type).filter((type) => type !== 'section' && type !== 'context')).toEqual([]);
      }),
    );
  });
});
