import { createRequire, Module } from 'node:module';

export type Library = typeof import('matrix-bot-sdk');

const nativePart = '@matrix-org/matrix-sdk-crypto-nodejs';

export interface Loaded {
  readonly library: Library;
  /** Its native part is there, and in use. */
  readonly native: boolean;
}

let loaded: Promise<Loaded> | null = null;

/**
 * Loads matrix-bot-sdk. It loads its native part for the encryption along with itself, which an install step fetches
 * from outside of the registry: where that cannot be loaded, a replacement takes its place, in this process alone.
 */
export function loadLibrary(): Promise<Loaded> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Loaded> {
  const require = createRequire(import.meta.url);
  const within = createRequire(require.resolve('matrix-bot-sdk'));
  const native = loads(within);
  if (!native) {
    const file = within.resolve(nativePart);
    within.cache[file] ??= Object.assign(new Module(file), { exports: await import('./replacement.ts'), loaded: true });
  }
  return { library: await import('matrix-bot-sdk'), native };
}

function loads(require: NodeJS.Require): boolean {
  try {
    const { OlmMachine } = require(nativePart) as { OlmMachine: unknown };
    return OlmMachine !== undefined;
  } catch {
    return false; // Not there, or not for this machine: either way there is something in its place.
  }
}
