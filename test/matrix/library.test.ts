import { createRequire, Module } from 'node:module';
import { expect, test } from 'vitest';
import { loadLibrary } from '../../connectors/matrix/encryption/library.ts';

test('a native part that is there is used, and nothing takes its place', async () => {
  const require = createRequire(createRequire(import.meta.url).resolve('matrix-bot-sdk'));
  const file = require.resolve('@matrix-org/matrix-sdk-crypto-nodejs');
  const there = Object.assign(new Module(file), { exports: { OlmMachine: class {}, StoreType: {} }, loaded: true });
  require.cache[file] = there;
  const { library, native } = await loadLibrary();
  expect(native).toBe(true);
  expect(require.cache[file]).toBe(there);
  expect(library.MatrixClient).toBeTypeOf('function');
});
