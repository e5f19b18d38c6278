import type { InboundFile } from '../../src/desk/inbound.ts';
import type { Text } from '../../src/ticket/text.ts';
import { text as plainText } from '../../src/ticket/text.ts';
import { type House, openHouse } from '../jobs/house.ts';

const configuration = `
people:
  alex: { name: Alex Admin, administrator: true }
  ada: { name: Ada Okafor }
  rita: { name: Rita Gomez }
groups: { staff: [ada] }
rights:
  work: [SeeQueue, CreateTicket, ShowTicket, ShowTicketComments, ReplyToTicket, CommentOnTicket, OwnTicket, ModifyTicket]
queues:
  help:
    rights: { everyone: [SeeQueue, CreateTicket], requestor: [ShowTicket, ReplyToTicket], staff: [work] }
    intake: ['slack:T1/help']
    feeds: [{ place: 'slack:T1/noc', audience: staff }]
`;

/** Where and with what something is said. */
interface Saying {
  readonly thread?: string;
  readonly channel?: string;
  readonly direct?: boolean;
  readonly mentionsBot?: boolean;
  readonly replyTo?: string;
  readonly files?: readonly InboundFile[];
}

/** A house with an intake channel, `help`, a staff feed, `noc`, and people who write messages. */
export interface ContentHouse extends House {
  /** Writes a message; resolves with its id when it has been processed. */
  message(who: string, text: string | Text, saying?: Saying): Promise<string>;
  edit(who: string, message: string, text: string | Text, saying?: Saying): Promise<void>;
  remove(who: string, message: string, saying?: Saying): Promise<void>;
  /** Stores a file, as the console does before its message is processed. */
  file(name: string): Promise<InboundFile>;
  /** The mark on the last message of somebody that was answered, and the words of that answer. */
  lastAnswer(): { readonly mark: string | null; readonly words: string };
}

export async function openContentHouse(): Promise<ContentHouse> {
  const house = await openHouse(configuration);
  let count = 0;
  const base = (who: string, { channel = 'help', thread, direct = false }: Saying = {}) => ({
    event: `said${++count}`,
    at: house.desk.now(),
    sender: { id: who, name: who },
    where: { platform: 'slack', workspace: 'T1', channel, thread: thread ?? null, direct },
    answerTo: {},
  });
  const asText = (text: string | Text): Text => (typeof text === 'string' ? plainText(text) : text);
  return {
    ...house,
    message: async (who, text, saying = {}) => {
      const inbound = base(who, saying);
      const message = inbound.event;
      house.paper.said.add(message);
      await house.door.receive({
        ...inbound,
        kind: 'message',
        message,
        text: asText(text),
        mentionsBot: saying.mentionsBot ?? false,
        replyTo: saying.replyTo ?? null,
        files: saying.files ?? [],
      });
      await house.quiet();
      return message;
    },
    edit: async (who, message, text, saying) => {
      await house.door.receive({ ...base(who, saying), kind: 'edit', message, text: asText(text) });
      await house.quiet();
    },
    remove: async (who, message, saying) => {
      await house.door.receive({ ...base(who, saying), kind: 'deletion', message });
      await house.quiet();
    },
    file: async (name) => {
      const { rows } = await house.store.pool.query(
        `insert into attachments (id, name, type, size, sha256, bytes) values (gen_random_uuid(), $1, 'text/plain', 3, '', 'abc')
         returning id`,
        [name],
      );
      return { name, type: 'text/plain', size: 3, attachment: String(rows[0]?.id), ref: '' };
    },
    lastAnswer: () => {
      const answer = house.paper.answers.at(-1);
      return { mark: answer?.reaction ?? null, words: JSON.stringify(answer?.views ?? []) };
    },
  };
}
