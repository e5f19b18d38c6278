import type { FastifyInstance } from 'fastify';

/** Milliseconds that the body of a request may take to arrive. */
export interface Patience {
  readonly usual: number;
  /** Of a route that takes files. */
  readonly upload: number;
}

export const patience: Patience = { usual: 30_000, upload: 5 * 60_000 };

/** Ends the connection of a request whose body does not arrive in time, whether or not it was answered already. */
export function endLateBodies(app: FastifyInstance, { usual, upload }: Patience): void {
  app.addHook('onRequest', async ({ raw, headers, routeOptions }) => {
    if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return;
    const within = routeOptions.config?.upload === true ? upload : usual;
    const timer = setTimeout(() => {
      if (!raw.complete) raw.socket.destroy();
    }, within);
    timer.unref();
    raw.once('close', () => {
      if (raw.complete) clearTimeout(timer);
    });
  });
}
