import { ComponentType } from 'discord.js';
import { type Json, type Message, recordOf, recordsOf, textOf } from './shapes.ts';

/** What can be pressed, or chosen from, in a message. */
export interface Control {
  readonly type: ComponentType;
  readonly customId: string;
  /** What stands on a button, or an option; the placeholder of a menu that people are chosen in. */
  readonly label: string;
  /** The option's value; null of buttons, and of menus that people are chosen in. */
  readonly value: string | null;
  readonly disabled: boolean;
  readonly component: Json;
}

/** All buttons and options of a message, in the order in which they stand. Links are none: they lead elsewhere. */
export function controlsOf(components: readonly Json[]): readonly Control[] {
  return components.flatMap((component) => {
    const { type, custom_id, label, disabled, options, placeholder, emoji } = component;
    const customId = textOf(custom_id);
    const basis = { type: Number(type), customId, disabled: disabled === true, component };
    const sign = textOf(recordOf(emoji)['name']);
    if (type === ComponentType.Button && customId !== '') {
      return [{ ...basis, label: textOf(label) || sign, value: null }];
    }
    if (type === ComponentType.StringSelect) {
      return recordsOf(options).map((each) => ({
        ...basis,
        label: textOf(each['label']),
        value: textOf(each['value']),
      }));
    }
    if (customId !== '') return [{ ...basis, label: textOf(placeholder), value: null }];
    const accessory = component['accessory'] === undefined ? [] : [recordOf(component['accessory'])];
    return controlsOf([...recordsOf(component['components']), ...accessory]);
  });
}

/** The control of a message by its label, or its custom id. */
export function controlIn({ components }: Pick<Message, 'components'>, name: string): Control | null {
  const all = controlsOf(components);
  return all.find(({ label }) => label === name) ?? all.find(({ customId }) => customId === name) ?? null;
}
