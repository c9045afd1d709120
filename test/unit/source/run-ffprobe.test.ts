import { ChildProcess, spawn } from 'node:child_process';
import { expect, it, vi } from 'vitest';
import { runFfprobe } from '../../../src/source/run-ffprobe.js';

vi.mock('node:child_process', { spy: true });

// As Node has it: out of file descriptors there are no pipes.
it.each(['EMFILE', 'EAGAIN', 'ENOMEM'])('may be tried again where the system answers %s', async (code) => {
  vi.mocked(spawn).mockImplementation(() => {
    const child = new ChildProcess();
    process.nextTick(() => child.emit('error', new Error(`spawn ffprobe ${code}`)));
    return child;
  });
  const run = runFfprobe({ path: 'ffprobe', origin: 'path' } as never, [], {
    onLine: () => undefined,
    idleTimeoutMs: 1000,
  });
  await expect(run).rejects.toMatchObject({ name: 'RetryableError', code: 'ffprobe_stalled' });
});
