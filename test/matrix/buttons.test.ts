import { describe, expect, it } from 'vitest';
import { isSign, pressed, rowOf } from '../../connectors/matrix/buttons.ts';
import { words } from '../../connectors/matrix/words.ts';
import { button } from '../../src/desk/buttons.ts';
import { drawing } from './drawing.ts';

const take = button('Take', 'take 12');
const resolve = button('Resolve', 'resolve 12');

describe('buttons as reactions', () => {
  it('each has its sign, and the row is spelled out for those who cannot react', () => {
    const row = rowOf([take, resolve], [button('Remind me…', 'remind 12')]);
    expect(row.reactions).toEqual(['✋', '✅']);
    expect(row.commands).toEqual({ '✋': 'take 12', '✅': 'resolve 12', '⏰': 'remind 12' });
    expect(words(row.words, drawing)).toBe(
      'React: ✋ Take · ✅ Resolve – or write !ticket take 12\nMore: ⏰ Remind me…',
    );
  });

  it('a sign that is taken, or a label without one, is a number', () => {
    const row = rowOf([resolve, button('Done', 'done 1'), button('Approve', 'set 1 status=approved')]);
    expect(row.commands).toEqual({ '✅': 'resolve 12', '1️⃣': 'done 1', '2️⃣': 'set 1 status=approved' });
  });

  it('without buttons there is no row', () => {
    expect(rowOf([])).toEqual({ reactions: [], commands: {}, words: [] });
  });

  it('a command that is too long is left out, and never shortened', () => {
    expect(rowOf([button('Next', `find ${'x'.repeat(1_000)}`)]).commands).toEqual({});
  });

  it('a reaction presses the button of its sign, in any colour and any tone of skin', () => {
    const { commands } = rowOf([button('Stall', 'stall 12')]);
    expect(pressed(commands, '⏸️')).toBe('stall 12');
    expect(pressed(commands, '⏸')).toBe('stall 12');
    expect(pressed(commands, '👍')).toBe(null);
    expect(pressed({ '👍': 7 }, '👍')).toBe(null);
    const { commands: owning } = rowOf([button('Take', 'take 12'), button('Next action…', 'next 12')]);
    for (const tone of ['🏻', '🏼', '🏽', '🏾', '🏿']) {
      expect([pressed(owning, `✋${tone}`), pressed(owning, `👉${tone}`)]).toEqual(['take 12', 'next 12']);
      expect(isSign(`💪${tone}`)).toBe(true);
    }
    expect([isSign('⏸'), isSign('2️⃣'), isSign('👍')]).toEqual([true, true, false]);
  });
});
