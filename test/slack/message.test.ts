import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawMessage } from '../../connectors/slack/blocks/message.ts';
import { limits } from '../../connectors/slack/limits.ts';
import { anyView } from '../support/views.ts';
import { refusedInMessage } from './accepted.ts';
import { drawing } from './texts.ts';

describe('a view as a message', () => {
  it('keeps all of Slack’s limits and calls nobody unasked, whatever the view holds', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const { text, blocks } = drawMessage(view, drawing);
        expect(refusedInMessage(blocks)).toEqual([]);
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(limits.messageText);
        expect(text).not.toMatch(/[<>]/);
      }),
      { numRuns: 300 },
    );
  });
});
