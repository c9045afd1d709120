import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WholeThings } from '../pipeline/events.js';
import { placeFile } from '../source/place-file.js';
import { maskPng } from '../tasks/mask-png.js';

/** Characters of a label that every file system takes, and no more than fit beside the rest of a name. */
const MAX_LABEL = 60;

/** Writes masks as PNG files into a folder, one after another; `done` tells when, and what went wrong. */
export class MaskFiles {
  #writing = Promise.resolve();

  /** @param folder that is there */
  constructor(
    private readonly folder: string,
    private readonly overwrite: boolean,
  ) {}

  take({ seconds, found }: Pick<WholeThings, 'seconds' | 'found'>): void {
    for (const { label, track, mask } of found) {
      if (mask === null) continue;
      const path = join(this.folder, maskName(seconds, label, track));
      this.#writing = this.#writing.then(() =>
        placeFile(path, this.overwrite, async (temporary) => writeFile(temporary, await maskPng(mask))),
      );
      this.#writing.catch(() => undefined); // told by `done`
    }
  }

  /** @throws RequestError `file_exists`; EnvironmentError `output_not_writable` */
  async done(): Promise<void> {
    await this.#writing;
  }
}

/** `000012.500-cow-1.png`: seconds, label, track; sorted by name they are sorted by time. */
export function maskName(seconds: number, label: string, track: number): string {
  const [whole = '', part = ''] = seconds.toFixed(3).split('.');
  const name = label
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .slice(0, MAX_LABEL);
  return `${whole.padStart(6, '0')}.${part}-${name}-${track}.png`;
}
