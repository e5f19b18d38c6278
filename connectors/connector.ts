/**
 * The contract that every platform meets, and all that a connector may know of the rest of the house. A connector owns
 * one platform's library and nothing else: it turns what comes in into an `Inbound`, and a `View` into what the platform
 * shows. It knows no ticket rule.
 */
export { calledIn, quietly, quietText } from '../src/desk/called.ts';
export type { Address, Door, Inbound, InboundFile, Quoted, Sender, Suggestion, Who } from '../src/desk/inbound.ts';
export type { Answer, Capabilities, Connector, Membership } from '../src/desk/outlet.ts';
export { Closed, Gone, Rejected, TryLater, Undeliverable } from '../src/desk/outlet.ts';
export { fileLines, lock, marks, title, toned, wholeTicket } from '../src/desk/phrases.ts';
export type * from '../src/desk/view.ts';
export type { Alone } from '../src/store/lease.ts';
export type { HeldMatrixKeys, MatrixKeyChange, MatrixKeys } from '../src/store/matrix-keys.ts';
export type { Memory } from '../src/store/memory.ts';
