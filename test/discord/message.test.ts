import { ComponentType } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { View } from '../../connectors/connector.ts';
import { drawMessage } from '../../connectors/discord/blocks/message.ts';
import { formMessage } from '../../connectors/discord/blocks/notice.ts';
import { type Drawing, quietly } from '../../connectors/discord/markdown.ts';
import { componentFaults, placed } from '../emulators/discord/component-limits.ts';
import { contentFaults } from '../emulators/discord/message-limits.ts';
import { recordOf, recordsOf, textOf } from '../emulators/discord/shapes.ts';
import { anyView } from '../support/views.ts';
import { shown } from './shown.ts';
import { drawing } from './texts.ts';

function drawn(view: View, how: Drawing) {
  return view.view === 'form' ? formMessage(view, 'f:new', how) : drawMessage(view, how);
}

function faultsOf(message: ReturnType<typeof drawn>) {
  const body = recordOf(JSON.parse(JSON.stringify(message)));
  return [...contentFaults(body, message.flags), ...componentFaults(body['components'], message.flags)];
}

/** The contents of all text displays. */
function textsOf(message: ReturnType<typeof drawn>): readonly string[] {
  return recordsOf(JSON.parse(JSON.stringify(message.components)))
    .flatMap((component) => placed([], component))
    .filter(({ component }) => component['type'] === ComponentType.TextDisplay)
    .map(({ component }) => textOf(component['content']));
}

describe('a view as a message', () => {
  it('keeps all of Discord’s limits, whatever it holds', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(faultsOf(drawn(view, drawing))).toEqual([]);
        expect(textsOf(drawn(view, drawing)).every((text) => text.trim() !== '')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('calls nobody but those who were meant, whatever it holds', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const message = drawn(view, drawing);
        expect(message.allowed_mentions.parse).toEqual([]);
        expect(['', '1']).toContain(message.allowed_mentions.users.join());
        if (view.view !== 'line') expect(message.allowed_mentions.users).toEqual([]);
        const quiet = textsOf(drawn(view, quietly(drawing))).flatMap((text) => shown(text).marks);
        const strange = ['call', 'channel', 'emoji', 'command', 'heading', 'spoiler', 'underline', 'italics', 'struck'];
        expect(quiet.filter((mark) => strange.includes(mark))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
