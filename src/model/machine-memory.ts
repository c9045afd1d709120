import { totalmem } from 'node:os';

/** Bytes of memory this process may use: the machine's, or the container's limit where that is less. */
export function machineMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
