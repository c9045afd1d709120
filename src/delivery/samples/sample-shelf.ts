import { copyFile, mkdir } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { RequestError } from '../../shared/errors.js';

/** A video that comes with the package, and what may be asked about it. */
export interface ShelfSample {
  /** Its file's name without the ending. */
  readonly name: string;
  readonly file: string;
  readonly title: string;
  readonly questions: readonly string[];
}

/** The sample videos of the package, as they are offered to whoever has no video at hand. */
export class SampleShelf {
  /** @param folder of the files */
  constructor(
    readonly folder: string,
    readonly samples: readonly ShelfSample[],
  ) {}

  /** @throws RequestError `sample_not_found` */
  get(name: string): ShelfSample {
    const sample = this.samples.find((one) => one.name === name);
    if (sample !== undefined) return sample;
    throw new RequestError(
      'sample_not_found',
      `there is no sample ${JSON.stringify(name)}: see GET /v1/samples`,
    );
  }

  /** Copies a sample to where uploads arrive, so that it can be taken in like one; gives the copy's path. */
  async copy(sample: ShelfSample, uploadsFolder: string): Promise<string> {
    await mkdir(uploadsFolder, { recursive: true });
    const path = join(uploadsFolder, randomUUID());
    await copyFile(join(this.folder, sample.file), path);
    return path;
  }
}
