// What matrix-bot-sdk 0.8 uses of the native part's API (lib/e2ee/CryptoClient.js and RustEngine.js), over WebAssembly.
export { Attachment, EncryptedAttachment } from '@matrix-org/matrix-sdk-crypto-wasm';
export { DeviceId, DeviceLists, EncryptionSettings, RoomId, UserId } from './arguments.ts';
export { OlmMachine } from './machine.ts';

/** Where the native part keeps its records. The replacement keeps them elsewhere, and takes any. */
export const StoreType = { Sqlite: 0 };
