import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { lock } from 'proper-lockfile';
import { messageOf, RetryableError } from '../../shared/errors.js';

/** A lock that was not renewed for so long belongs to a process that is gone. */
const STALE_MS = 20_000;

/**
 * Keeps other processes of this project from fetching the same repository at once.
 * @param lockFile its folder is made
 * @returns what gives the lock back
 * @throws RetryableError `pull_in_progress`
 */
export async function lockFolder(lockFile: string, what: string): Promise<() => Promise<void>> {
  await mkdir(dirname(lockFile), { recursive: true });
  try {
    const release = await lock(dirname(lockFile), {
      lockfilePath: lockFile,
      stale: STALE_MS,
      // After a suspended machine wakes another process may be at it too: checksums tell what came of it.
      onCompromised: () => undefined,
    });
    return () => release().catch(ignoreLost);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
    throw new RetryableError(
      'pull_in_progress',
      `another process is fetching ${what} (${messageOf(error)}): wait for it, or try again in ${STALE_MS / 1000} s`,
      { cause: error },
    );
  }
}

/** A lock that was lost meanwhile is not ours to give back, and nothing to end with. */
function ignoreLost(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERELEASED' && error.code !== 'ENOTACQUIRED') throw error;
}
