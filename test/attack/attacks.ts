import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { Person } from '../hostile/person.ts';

/** Who is attacked, and the people of the sample as whom it is. */
export interface Attacked {
  readonly url: string;
  readonly rita: Person;
  readonly ada: Person;
}

interface Attack {
  readonly name: string;
  /** Attacks, and says in a few words what came of it. Throws where something was let through that must not be. */
  readonly attack: (attacked: Attacked) => Promise<string>;
}

const mb = 1_000_000;
const form = 'application/x-www-form-urlencoded';
const keys = (bytes: number) =>
  Array.from({ length: bytes / 8 }, (_, nth) => `k${(nth + 1e5).toString(36)}=1`).join('&');
const nested = (bytes: number) => `${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}`;
const token = 'a'.repeat(43);

/** Sends a request over a connection of its own, and gives the status of the answer; 0 where the connection was ended. */
async function status(url: string, init: RequestInit & { duplex?: 'half' }): Promise<number> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(20_000), ...init });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0; // It was refused before it was sent to its end.
  }
}

function counted(statuses: readonly number[]): string {
  const counts = new Map<number, number>();
  for (const each of statuses) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts].map(([each, count]) => `${count} × ${each === 0 ? 'cut off' : each}`).join(', ');
}

function refuseAny(statuses: readonly number[], wrong: (status: number) => boolean): string {
  if (statuses.some(wrong)) throw new Error(`let through: ${counted(statuses)}`);
  return counted(statuses);
}

/** Sends a raw request and reads nothing of the answer but what the window holds. */
function raw(url: string, request: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) }, () => {
      socket.write(request);
      resolve(socket);
    });
    socket.on('error', () => resolve(socket));
    // Node then reads what its buffer holds, and no more until that is taken.
    socket.on('readable', () => undefined);
  });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function upload(url: string, { cookie }: Person, files: number, bytes: number): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries({ event: randomUUID(), page: randomUUID(), text: 'files' }))
    body.set(name, value);
  for (let nth = 0; nth < files; nth++) body.append('files', new File([new Uint8Array(bytes)], `${nth}.bin`));
  return fetch(`${url}/c/helpdesk/messages`, { method: 'POST', body, headers: { cookie, accept: 'application/json' } });
}

/** All are bounded; those that run later must not need what an earlier one used up. */
export const attacks: readonly Attack[] = [
  {
    name: 'bodies of 12 MB, by nobody, four at a time',
    attack: async ({ url }) => {
      const paths = [`/sign-in/${token}`, '/nope', '/c/helpdesk/messages', '/sign-out', '/board', '/sit-in'];
      const bodies = [
        { body: keys(12 * mb), type: form },
        { body: nested(12 * mb), type: 'application/json' },
        { body: '+'.repeat(12 * mb), type: form },
      ];
      const statuses: number[] = [];
      for (const { body, type } of bodies) {
        for (let at = 0; at < paths.length; at += 3) {
          const some = paths
            .slice(at, at + 3)
            .map((each) => status(url + each, { method: 'POST', body, headers: { 'content-type': type } }));
          statuses.push(...(await Promise.all(some)));
        }
      }
      return refuseAny(statuses, (each) => each !== 0 && each < 400);
    },
  },
  {
    name: '30 bodies that stop before their end',
    attack: async ({ url }) => {
      const head = `POST /sign-out HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: ${form}\r\nContent-Length: ${12 * mb}\r\n\r\n`;
      const sockets = await Promise.all(Array.from({ length: 30 }, () => raw(url, head)));
      const piece = Buffer.alloc(1 * mb, '+');
      for (let nth = 0; nth < 11; nth++) for (const socket of sockets) if (!socket.destroyed) socket.write(piece);
      await pause(3_000);
      for (const socket of sockets) socket.destroy();
      return '';
    },
  },
  {
    name: 'small bodies with many parts, signed in',
    attack: async ({ url, rita: { cookie } }) => {
      const send = (body: string, type: string) =>
        status(`${url}/c/helpdesk/submit`, { method: 'POST', body, headers: { cookie, 'content-type': type } });
      const statuses: number[] = [];
      for (let nth = 0; nth < 25; nth++) {
        statuses.push(...(await Promise.all([send(keys(125_000), form), send(nested(125_000), 'application/json')])));
      }
      return refuseAny(statuses, (each) => each !== 413);
    },
  },
  {
    name: '300 event streams of one person, then a message',
    attack: async ({ url, rita, ada }) => {
      const abort = new AbortController();
      const open = async () => {
        const query = new URLSearchParams({ page: randomUUID(), as: 'rita', channel: 'helpdesk', board: '1' });
        const response = await fetch(`${url}/events?${query}`, {
          headers: { cookie: rita.cookie },
          signal: abort.signal,
        });
        return response.status;
      };
      const statuses = await Promise.all(Array.from({ length: 300 }, open));
      await ada.say('helpdesk', 'a message that all of them show');
      await pause(1_000);
      abort.abort();
      const opened = statuses.filter((each) => each === 200).length;
      if (opened > 20) throw new Error(`${opened} streams were opened`);
      return counted(statuses);
    },
  },
  {
    name: '300 MB of uploads, three messages at once',
    attack: async ({ url, rita }) => {
      const statuses = await Promise.all(
        [1, 2, 3].map(async () => (await upload(url, rita, 10, 10 * 1024 * 1024)).status),
      );
      return counted(statuses);
    },
  },
  {
    name: '40 slow readers of a file of 10 MB',
    attack: async ({ url, ada }) => {
      const sent = await upload(url, ada, 1, 10 * 1024 * 1024);
      const { id } = (await sent.json()) as { id: number };
      const list = await fetch(`${url}/c/helpdesk/messages`, { headers: { cookie: ada.cookie } });
      const { messages } = (await list.json()) as { messages: { id: number; files: { id: string }[] }[] };
      const file = messages.find((each) => each.id === id)?.files[0]?.id;
      if (file === undefined) throw new Error('the file is not there');
      const request = `GET /c/helpdesk/messages/${id}/files/${file} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${ada.cookie}\r\n\r\n`;
      const sockets = await Promise.all(Array.from({ length: 40 }, () => raw(url, request)));
      await pause(3_000);
      const answers = sockets
        .map((socket) => /^HTTP\/1.1 (\d+)/.exec(String(socket.read() ?? ''))?.[1] ?? '0')
        .map(Number);
      for (const socket of sockets) socket.destroy();
      const served = answers.filter((each) => each === 200).length;
      if (served === 0 || served > 20) throw new Error(`${served} were served: ${counted(answers)}`);
      return counted(answers);
    },
  },
  {
    name: 'a slow pattern of a custom field',
    attack: async ({ ada }) => {
      if (!(await ada.say('noc', '#new in noc a circuit'))) throw new Error('the ticket was not opened');
      for (let nth = 1; nth <= 5; nth++) await ada.say('noc', `/ticket set ${nth} circuit=${'a'.repeat(500)}`);
      return '';
    },
  },
  {
    name: 'searches for 98 short words',
    attack: async ({ ada }) => {
      const words = Array.from({ length: 98 }, (_, nth) => `z${(nth % 36).toString(36)}`).join(' OR ');
      for (let nth = 0; nth < 10; nth++) await ada.say('noc', `/ticket list ${words}`);
      return '';
    },
  },
  {
    name: '150 messages of one person, each to be a ticket',
    attack: async ({ url, rita }) => {
      for (let nth = 0; nth < 150; nth += 10) {
        await Promise.all(Array.from({ length: 10 }, (_, more) => rita.say('helpdesk', `please help ${nth + more}`)));
      }
      const board = await fetch(`${url}/board`, { headers: { cookie: rita.cookie, accept: 'text/html' } });
      const tickets = new Set((await board.text()).match(/\/tickets\/\d+/g)).size;
      return `a board of ${tickets} tickets`;
    },
  },
];
