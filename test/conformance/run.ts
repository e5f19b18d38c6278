import { afterAll, beforeAll, describe, test } from 'vitest';
import { type House, openHouse } from './house.ts';
import { edits } from './scenarios/edits.ts';
import { fields } from './scenarios/fields.ts';
import { links } from './scenarios/links.ts';
import { lists } from './scenarios/lists.ts';
import { ownership } from './scenarios/ownership.ts';
import { people } from './scenarios/people.ts';
import { privacy } from './scenarios/privacy.ts';
import { reminders } from './scenarios/reminders.ts';
import { restarts } from './scenarios/restarts.ts';
import { shorthand } from './scenarios/shorthand.ts';
import { status } from './scenarios/status.ts';
import { takingUp } from './scenarios/taking-up.ts';
import { writing } from './scenarios/writing.ts';
import type { Theme } from './theme.ts';
import type { Platform } from './user.ts';

/** Everything that holds on every platform, theme by theme. */
const themes: readonly Theme[] = [
  takingUp,
  ownership,
  writing,
  status,
  shorthand,
  fields,
  people,
  links,
  reminders,
  lists,
  edits,
  restarts,
  privacy,
];

/** Declares every scenario for a platform. The scenarios of a theme share a Docket, and each works tickets of its own. */
export function conformance(platform: Platform): void {
  for (const { title, scenarios, needs = {} } of themes) {
    describe(`${platform.name}: ${title}`, () => {
      let house: House;
      beforeAll(async () => {
        house = await openHouse(platform);
      });
      afterAll(() => house?.close());
      for (const [sentence, play] of Object.entries(scenarios)) {
        const need = needs[sentence];
        test.skipIf(need !== undefined && platform.lacks.includes(need))(sentence, () => play(house));
      }
    });
  }
}
