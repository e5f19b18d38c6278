declare module 'fastify' {
  interface FastifyContextConfig {
    /** People who are not signed in may write to this route, too: it checks by itself who does. */
    open?: boolean;
    /** The route takes files, which may take their time. */
    upload?: boolean;
  }
}

/** Of a route to which people write who are not signed in. */
export const openRoute = { config: { open: true } } as const;
