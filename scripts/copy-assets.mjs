// What the compiler leaves undone: the styles and scripts of the pages are copied to where the compiled server looks for
// them, and the command is made one that can be run (npx links to it, and does not see to that each time).
import { chmod, cp } from 'node:fs/promises';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const assets = path.join('src', 'web', 'assets');
await cp(path.join(root, assets), path.join(root, 'dist', assets), {
  recursive: true,
  filter: (file) => path.basename(file) !== 'tsconfig.json',
});
await chmod(path.join(root, 'dist', 'src', 'cli', 'main.js'), 0o755);
