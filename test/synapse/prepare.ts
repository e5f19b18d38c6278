// `npm run synapse`: prepares Debian's Synapse, for the tests that need a real homeserver. Takes two minutes once and
// nothing from then on. Synapse is in Debian's unstable suite alone, so that it gets a small Debian of its own.
import { spawnSync } from 'node:child_process';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packages, prepared, preparedMark, synapseFolder, withoutSynapse } from './chroot.ts';

/** @returns whether the program ended well; what it says is shown only where it did not */
function succeeds(program: string, ...args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env, maxBuffer: 2 ** 28 });
  if (status === 0) return true;
  console.error(`${[program, ...args].join(' ')}\n${error?.message ?? (stdout + stderr).slice(-4_000)}`);
  return false;
}

function giveUp(why: string): never {
  console.error(why);
  process.exit(1);
}

if (withoutSynapse() === null) {
  console.log(`Synapse is prepared, in ${synapseFolder}`);
  process.exit(0);
}
if (process.getuid?.() !== 0) giveUp('Preparing Synapse takes root, on a Linux machine: sudo npm run synapse');
if (spawnSync('debootstrap', ['--version']).error) giveUp('Install debootstrap first: apt-get install debootstrap');

console.log(`Preparing Synapse in ${synapseFolder}: about two minutes, and 600 MB`);
// Under another name until it is whole: whatever stops this leaves nothing that looks prepared.
const unfinished = `${synapseFolder}.unfinished`;
await rm(unfinished, { recursive: true, force: true });
await mkdir(path.dirname(unfinished), { recursive: true });
const built =
  succeeds('debootstrap', '--variant=minbase', `--include=${packages.join(',')}`, 'sid', unfinished) ||
  // Unstable's packages at times miss one that they need, and stay unconfigured until they are gone through again.
  succeeds('chroot', unfinished, 'apt-get', 'install', '-f', '-y', ...packages);
if (!built) giveUp('Synapse could not be installed: what stopped it stands above.');
const imports = 'import synapse.app.homeserver, nio.crypto; assert nio.crypto.ENCRYPTION_ENABLED';
if (!succeeds('chroot', unfinished, 'python3', '-c', imports)) giveUp('Synapse was installed, and does not load.');
succeeds('chroot', unfinished, 'apt-get', 'clean');

await rm(synapseFolder, { recursive: true, force: true });
await rename(unfinished, synapseFolder);
await writeFile(preparedMark, prepared);
console.log('Synapse is ready: npm run test:matrix runs the tests that need it.');
