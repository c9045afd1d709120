import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TIMEOUT_MS = 10_000;

/** Whether an ffmpeg has the two filters that map HDR to an ordinary screen. */
export async function canToneMap(program: string): Promise<boolean> {
  try {
    const { stdout } = await run(program, ['-hide_banner', '-filters'], { timeout: TIMEOUT_MS });
    return / zscale /.test(stdout) && / tonemap /.test(stdout);
  } catch {
    return false;
  }
}
