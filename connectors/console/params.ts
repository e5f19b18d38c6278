import { z } from 'zod';
import { rowNumber } from '../../src/web/typed.ts';

/** The address of something in a channel. */
export const inChannel = z.object({ channel: z.string().min(1).max(100) });

/** The address of a message. */
export const onMessage = inChannel.extend({ message: rowNumber });
