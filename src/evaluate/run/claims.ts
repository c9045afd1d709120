import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { resolve } from 'node:path';

/** A worker that has not answered an item for so long is taken for dead: its number may be another program's by now. */
const STALE_MS = 15 * 60_000;

/** Files of the parts that workers of this process are at. */
const HELD = new Set<string>();

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
    const dead = await deadOwner(path);
    if (dead === null) return false;
    const grave = `${path}.${randomUUID()}`;
    try {
      await rename(path, grave);
    } catch {
      return false; // another was faster
    }
    // Another may have buried the dead and begun anew meanwhile: then this was a living one's.
    const isDead = (await readFile(grave, 'utf8')) === dead;
    if (!isDead) await link(grave, path).catch(() => undefined);
    await rm(grave, { force: true });
    return isDead && this.make(path);
  }

  /** Tells other workers that this one lives. */
  async touch(part: string): Promise<void> {
    const now = new Date();
    await utimes(this.pathOf(part), now, now).catch(() => undefined);
  }

  async release(part: string): Promise<void> {
    HELD.delete(this.pathOf(part));
    await rm(this.pathOf(part), { force: true });
  }

  private pathOf(part: string): string {
    return resolve(this.directory, part);
  }

  private async make(path: string): Promise<boolean> {
    if (HELD.has(path)) return false;
    HELD.add(path);
    const owner = { pid: process.pid, host: hostname(), claim: randomUUID() };
    try {
      await writeFile(path, JSON.stringify(owner), { flag: 'wx' });
      return true;
    } catch (error) {
      HELD.delete(path);
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }
}

/** What a claim says whose worker has died; null while it lives. */
async function deadOwner(path: string): Promise<string | null> {
  const [text, facts] = await Promise.all([
    readFile(path, 'utf8').catch(() => ''),
    stat(path).catch(() => null),
  ]);
  if (facts === null) return null; // released meanwhile
  const [, pid = '', host = ''] = /"pid":(\d+),"host":"([^"]*)"/.exec(text) ?? [];
  const isFresh = Date.now() - facts.mtimeMs < STALE_MS;
  return isFresh && (host !== hostname() || isRunning(Number(pid), path)) ? null : text;
}

function isRunning(pid: number, path: string): boolean {
  // A container begun anew has its name and its numbers again.
  if (pid === process.pid) return HELD.has(path);
  try {
    process.kill(pid, 0); // asks whether it is there
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
