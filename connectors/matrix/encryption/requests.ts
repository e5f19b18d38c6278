import type { MatrixClient } from 'matrix-bot-sdk';
import { part } from '../ids.ts';

/** What the machine wants sent to the homeserver, whichever of its kinds. */
export interface OutgoingRequest {
  readonly id: string | undefined;
  /** As `RequestType` of the WebAssembly counts them. */
  readonly type: number;
  /** JSON. */
  readonly body: string;
  /** Of what is sent to devices, and to rooms. */
  readonly eventType?: string;
  readonly txnId?: string;
  readonly room?: string;
}

/** Who has requests to send, and is told what became of them. */
export interface Requesting {
  outgoingRequests(): Promise<readonly OutgoingRequest[]>;
  markRequestAsSent(id: string, type: number, response: string): Promise<boolean>;
}

const [keysUpload, keysQuery, keysClaim, toDevice, signatureUpload, roomMessage] = [0, 1, 2, 3, 4, 5];
const mostAttempts = 3;

/**
 * Sends what the machine wants sent. It takes the place of matrix-bot-sdk's `RustEngine.runOnly`, which reads the native
 * part's shape of a request to devices, knows half of the kinds, and fails at the first request that is refused: one
 * message from anybody's device then stopped the sync for ever.
 */
export class Requests {
  readonly #refused = new Map<string, number>();

  /** @param failed told of what could not be sent; it is sent with the next requests, or after a few refusals dropped */
  constructor(
    private readonly machine: Requesting,
    private readonly client: Pick<MatrixClient, 'doRequest'>,
    private readonly failed: (error: unknown) => void,
  ) {}

  /**
   * @param types only these; then a failure is thrown, for what follows needs the answer. None: everything, and failures
   *   are reported, for nothing that others ask of this device may stop it
   */
  async send(...types: readonly number[]): Promise<void> {
    for (const request of await this.machine.outgoingRequests()) {
      if (types.length > 0 && !types.includes(request.type)) continue;
      try {
        const answer = await this.one(request);
        await this.#sent(request, answer);
      } catch (error) {
        if (types.length > 0) throw error;
        this.failed(error);
        await this.#drop(request, error);
      }
    }
  }

  /** Sends one request; gives the homeserver's answer. */
  one({ type, body, eventType = '', txnId = '', room = '' }: OutgoingRequest): Promise<unknown> {
    const content: unknown = JSON.parse(body);
    const post = (path: string) => this.client.doRequest('POST', `/_matrix/client/v3/keys/${path}`, null, content);
    switch (type) {
      case keysUpload:
        return post('upload');
      case keysQuery:
        return post('query');
      case keysClaim:
        return post('claim');
      case signatureUpload:
        return post('signatures/upload');
      case toDevice: {
        const path = `/_matrix/client/v3/sendToDevice/${part(eventType)}/${part(txnId)}`;
        return this.client.doRequest('PUT', path, null, content);
      }
      case roomMessage: {
        const path = `/_matrix/client/v3/rooms/${part(room)}/send/${part(eventType)}/${part(txnId)}`;
        return this.client.doRequest('PUT', path, null, content);
      }
      default:
        return Promise.reject(new Error(`The encryption asks for something of an unknown kind (${type})`));
    }
  }

  async #sent({ id, type }: OutgoingRequest, answer: unknown): Promise<void> {
    if (id === undefined) return;
    await this.machine.markRequestAsSent(id, type, JSON.stringify(answer));
    this.#refused.delete(id);
  }

  /** What the homeserver refuses again and again is not sent any more, where nothing hangs on its answer. */
  async #drop(request: OutgoingRequest, error: unknown): Promise<void> {
    const { id, type } = request;
    if (id === undefined || !isRefusal(error) || (type !== toDevice && type !== roomMessage)) return;
    const refused = (this.#refused.get(id) ?? 0) + 1;
    this.#refused.set(id, refused);
    if (refused >= mostAttempts) await this.#sent(request, {});
  }
}

/** Whether the homeserver said no, and not just "not now". */
export function isRefusal(error: unknown): boolean {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 0;
  return status >= 400 && status < 500 && status !== 401 && status !== 429;
}
