import type { z } from 'zod';

/** A request that is answered with a "no": an HTTP status, and words for the person. The error handler shows them. */
export class HttpRefusal extends Error {
  constructor(
    readonly statusCode: number,
    message: string,
  ) {
    super(message);
    this.name = 'HttpRefusal';
  }
}

/** The one page for what is not there and for what is not the reader's to see, so that neither tells of the other. */
export function notFound(): HttpRefusal {
  return new HttpRefusal(404, 'There is nothing here that you can see.');
}

/**
 * What came in, in its checked form. Refuses the rest with every mistake named: 413 where something is too long, else 400.
 */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  const tooLong = issues.some((issue) => issue.code === 'too_big' && issue.origin === 'string');
  const told = issues.slice(0, 5).map((issue) => {
    const at = issue.path.join('.');
    return at === '' || tooLong ? issue.message : `${at}: ${issue.message}`;
  });
  throw new HttpRefusal(tooLong ? 413 : 400, told.join(' '));
}
