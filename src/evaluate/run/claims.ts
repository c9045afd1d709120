import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** A worker of another machine that has not answered an item for so long is taken for dead. */
const STALE_MS = 15 * 60_000;

/**
 * Which worker is at which part of the work: a file for each part, made by whoever comes first. One whose worker has
 * died is taken over.
 */
export class Claims {
  constructor(private readonly directory: string) {}

  /** @returns whether the part is ours now */
  async take(part: string): Promise<boolean> {
    await mkdir(this.directory, { recursive: true });
    const path = this.pathOf(part);
    if (await this.make(path)) return true;
    if (await isAlive(path)) return false;
    // Only one of several can rename the file of the dead; then all begin anew.
    const grave = `${path}.${randomUUID()}`;
    const moved = await rename(path, grave).then(
      () => true,
      () => false,
    );
    if (!moved) return false;
    await rm(grave, { force: true });
    return this.make(path);
  }

  /** Tells workers of other machines that this one lives. */
  async touch(part: string): Promise<void> {
    const now = new Date();
    await utimes(this.pathOf(part), now, now).catch(() => undefined);
  }

  async release(part: string): Promise<void> {
    await rm(this.pathOf(part), { force: true });
  }

  private pathOf(part: string): string {
    return join(this.directory, part);
  }

  private async make(path: string): Promise<boolean> {
    const owner = JSON.stringify({ pid: process.pid, host: hostname() });
    return writeFile(path, owner, { flag: 'wx' }).then(
      () => true,
      (error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw error;
      },
    );
  }
}

async function isAlive(path: string): Promise<boolean> {
  const [text, facts] = await Promise.all([
    readFile(path, 'utf8').catch(() => ''),
    stat(path).catch(() => null),
  ]);
  if (facts === null) return false; // released meanwhile
  const [, pid = '', host = ''] = /"pid":(\d+),"host":"([^"]*)"/.exec(text) ?? [];
  const isFresh = Date.now() - facts.mtimeMs < STALE_MS;
  if (host !== hostname()) return isFresh; // also one that has not been written yet
  try {
    process.kill(Number(pid), 0); // asks whether it is there
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
