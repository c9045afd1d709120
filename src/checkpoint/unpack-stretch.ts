import { openPromise } from 'yauzl';
import { CheckpointError, messageOf } from '../shared/errors.js';
import { MAX_NPZ_ENTRIES } from './npz-limits.js';

/**
 * Unpacks `length` bytes, from byte `offset` on, of a deflated entry of a zip archive. What stands before them is
 * unpacked too and thrown away.
 *
 * @throws CheckpointError `npz_archive`
 */
export async function unpackStretch(
  file: string,
  name: string,
  offset: number,
  length: number,
): Promise<Buffer> {
  const target = Buffer.allocUnsafeSlow(length);
  let position = 0; // of the next unpacked byte
  try {
    const zip = await openPromise(file, { lazyEntries: true, autoClose: false, strictFileNames: true });
    try {
      if (zip.entryCount > MAX_NPZ_ENTRIES) throw new Error(`it has ${zip.entryCount} entries`);
      for await (const entry of zip.eachEntry()) {
        if (entry.fileName !== name) continue;
        const stream: AsyncIterable<Buffer> = await zip.openReadStreamPromise(entry);
        for await (const chunk of stream) {
          const begin = Math.max(0, offset - position);
          if (begin < chunk.length) chunk.copy(target, Math.max(0, position - offset), begin);
          position += chunk.length;
          if (position >= offset + length) return target;
        }
      }
    } finally {
      zip.close();
    }
  } catch (error) {
    throw new CheckpointError(
      'npz_archive',
      `${file} cannot be unpacked at ${JSON.stringify(name)}: ${messageOf(error)}; fetch it again`,
      { cause: error },
    );
  }
  throw new CheckpointError(
    'npz_archive',
    `${file} ends its ${JSON.stringify(name)} at byte ${position}, ${offset + length - position} bytes early; fetch it again`,
  );
}
