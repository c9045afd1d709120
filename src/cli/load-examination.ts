import { fileURLToPath } from 'node:url';
import type { ToonItem } from '../evaluate/toon/toon-item.js';
import { EnvironmentError, RequestError } from '../shared/errors.js';

/** What training/world/examination.ts gives. */
export interface Examination {
  readonly EXAMINATION_TYPES: readonly string[];
  readonly examination: (plan: {
    readonly seed: number;
    readonly items: number;
    readonly size: number;
    readonly types?: readonly string[] | undefined;
  }) => AsyncGenerator<ToonItem>;
}

/**
 * Loads the toon world, which is drawn from the project's own source and its development packages.
 * @throws EnvironmentError `toon_world_missing` outside of the project's folder
 */
export async function loadExamination(): Promise<Examination> {
  const file = new URL('../../training/world/examination.ts', import.meta.url);
  try {
    const { tsImport } = await import('tsx/esm/api');
    return (await tsImport(fileURLToPath(file), import.meta.url)) as Examination;
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw new EnvironmentError(
      'toon_world_missing',
      "the toon world could not be loaded: run this in a clone of the project's repository, after npm ci",
      { cause: error },
    );
  }
}
