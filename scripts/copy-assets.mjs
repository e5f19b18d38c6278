// What the compiler leaves behind: the styles and scripts of the pages, copied to where the compiled server looks for them.
import { cp } from 'node:fs/promises';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const assets = path.join('src', 'web', 'assets');
await cp(path.join(root, assets), path.join(root, 'dist', assets), {
  recursive: true,
  filter: (file) => path.basename(file) !== 'tsconfig.json',
});
