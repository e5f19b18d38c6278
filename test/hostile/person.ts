import { randomUUID } from 'node:crypto';

/** Somebody who writes in the console, over plain HTTP. */
export interface Person {
  /** Shows who they are. */
  readonly cookie: string;
  /** Sends a message. True once the server has acknowledged it; false when the connection broke. */
  say(channel: string, text: string): Promise<boolean>;
}

/** Takes the chair of one of the sample's people, by the address with the key that the start printed. */
export async function sitIn(entrance: string, handle: string): Promise<Person> {
  const url = new URL(entrance).origin;
  const unlocked = await fetch(entrance, { redirect: 'manual' });
  const key = unlocked.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const seat = await fetch(`${url}/sit-in`, {
    method: 'POST',
    body: new URLSearchParams({ handle }),
    redirect: 'manual',
    headers: { cookie: key },
  });
  const cookie = seat.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const page = randomUUID();
  return {
    cookie,
    say: async (channel, text) => {
      const body = new URLSearchParams({ text, event: randomUUID(), page });
      const sent = fetch(`${url}/c/${channel}/messages`, {
        method: 'POST',
        body,
        headers: { cookie, accept: 'application/json' },
      });
      // The process is killed while requests are under way: those have no answer, and nothing was promised.
      const response = await sent.catch(() => null);
      return response?.ok ?? false;
    },
  };
}
