import type { Button } from '../desk/view.ts';
import type { Right } from '../ticket/policy.ts';
import { esc, type Html } from './html.ts';

/** Where a press goes: `to` is the address that takes presses, `message` the message that carries the button, if any. */
export interface Pressed {
  readonly to: string;
  readonly message: string | null;
}

/** Those of the buttons that somebody with these rights may press. */
export function allowed(buttons: readonly Button[], rights: ReadonlySet<Right>): readonly Button[] {
  return buttons.filter(({ right }) => right === null || rights.has(right));
}

/** Buttons side by side, and the rest behind *More*. `id` is unique on the page: focus comes back by it. */
export function Buttons({
  id,
  buttons,
  more = [],
  pressed,
}: {
  id: string;
  buttons: readonly Button[];
  more?: readonly Button[];
  pressed: Pressed;
}): Html {
  if (buttons.length === 0 && more.length === 0) return '';
  return (
    <div class="buttons">
      {buttons.map((button) => (
        <Press id={id} button={button} pressed={pressed} />
      ))}
      {more.length === 0 ? null : (
        <div class="menu">
          <button type="button" id={`${esc(id)}-more`} data-menu aria-expanded="false" aria-haspopup="true">
            More
          </button>
          <div class="menu-items" hidden>
            {more.map((button) => (
              <Press id={id} button={button} pressed={pressed} />
            ))}
          </div>
        </div>
      )}
    </div>
  );
}

function Press({ id, button, pressed }: { id: string; button: Button; pressed: Pressed }): Html {
  const values = JSON.stringify({
    command: button.command,
    ...(pressed.message === null ? {} : { message: pressed.message }),
  });
  return (
    <button
      type="button"
      id={esc(`${id}-${button.command.replaceAll(/\W+/g, '-')}`)}
      class={button.style}
      hx-post={esc(pressed.to)}
      hx-vals={esc(values)}
      hx-swap="none"
      hx-sync="this:drop"
      aria-haspopup={button.opensForm ? 'dialog' : undefined}
      safe
    >
      {button.label}
    </button>
  );
}
