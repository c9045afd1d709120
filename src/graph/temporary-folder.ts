import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** A container may share the folder with others, in which processes have numbers of their own. */
const OURS = `palistream-${hostname()}-`;

/** Names of the folders this process has made. */
const own = new Set<string>();

/**
 * Makes a folder for this process alone in the system's folder for such; whoever asked removes it. First those are
 * removed that processes left which were killed.
 * @throws what the file system throws
 */
export async function temporaryFolder(): Promise<string> {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    if (isLeft(name)) await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
  const folder = await mkdtemp(join(tmpdir(), `${OURS}${process.pid}-`));
  own.add(basename(folder));
  return folder;
}

function isLeft(name: string): boolean {
  if (!name.startsWith(OURS)) return false;
  const pid = Number(/^(\d+)-\w{6}$/.exec(name.slice(OURS.length))?.[1]);
  if (Number.isNaN(pid)) return false;
  // A container begun anew has its name and its numbers again.
  return pid === process.pid ? !own.has(name) : !isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0); // asks whether it is there
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
