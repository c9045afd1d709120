import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BugError, messageOf } from '../shared/errors.js';
import { alignPrepacked } from './align-prepacked.js';
import { runtimeKey } from './runtime-key.js';
import { dataFileOf, Session } from './session.js';

export interface PreparedOptions {
  /** For errors: `the decoder`. */
  readonly name: string;
  readonly model: Uint8Array;
  readonly threads: number;
  /** Where prepared models are kept. */
  readonly cacheDirectory: string;
  /** What the prepared model's name begins with. */
  readonly stem: string;
  /** Makes sure that the weights are there, and gives the folder they lie below; called only when they are needed. */
  readonly writeWeights: () => Promise<string>;
  readonly onWarning: (message: string) => void;
}

const MODEL_FILE = 'model.onnx';

/** Raise it when what is done to a saved model changes. */
const FORMAT_VERSION = 1;

/**
 * Opens a model whose weights onnxruntime has packed for this processor once and kept: they are mapped then, not
 * computed and held again. The first time, the packed model is saved under a name that holds what it depends on
 * (the graph, onnxruntime, the processor), and then opened like any other time.
 *
 * A folder gets its name only after all of it is on the disk; two processes may do this at once. When it cannot be
 * kept, a warning says so and the weights are packed in memory.
 *
 * @returns the session, and the folder of the prepared files it lives on; null when it needs the weights
 */
export async function openPrepared(
  options: PreparedOptions,
): Promise<{ readonly session: Session; readonly folder: string | null }> {
  const { cacheDirectory, model, stem, name, threads, onWarning } = options;
  const graph = createHash('sha256').update(model).digest('hex').slice(0, 16);
  const entry = `${stem}-${graph}-${await runtimeKey()}-p${FORMAT_VERSION}`;
  const kept = join(cacheDirectory, entry);
  const known = await openSaved(kept, options);
  if (known !== null) return { session: known, folder: kept };

  const weightsFolder = await options.writeWeights();
  const folder = join(weightsFolder, entry);
  try {
    await save(folder, { name, model, weightsFolder, threads });
  } catch (error) {
    onWarning(
      `${name} cannot be kept prepared in ${weightsFolder} (${messageOf(error)}): the next start takes longer`,
    );
  }
  const saved = await openSaved(folder, options);
  if (saved !== null) return { session: saved, folder };
  // Not what should happen, but nothing to stop at: it works all the same, from the weights as they are.
  return { session: await Session.open({ name, model, weightsFolder, threads }), folder: null };
}

/** The prepared model, or null when it is not there or cannot be used; the latter is removed. */
async function openSaved(folder: string, { name, threads }: PreparedOptions): Promise<Session | null> {
  const model = await readFile(join(folder, MODEL_FILE)).catch(() => null);
  if (model === null) return null;
  try {
    // Every stretch the model names is checked against the size of its file here: a file cut short is refused.
    const session = await Session.open({ name, model, weightsFolder: folder, threads });
    const now = new Date();
    await utimes(folder, now, now).catch(() => undefined); // a folder that is only read keeps its old times
    return session;
  } catch (error) {
    if (!(error instanceof BugError)) throw error; // memory or open files ran out: what is kept is not to blame
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    return null;
  }
}

async function save(
  folder: string,
  options: { name: string; model: Uint8Array; weightsFolder: string; threads: number },
): Promise<void> {
  const temporary = `${folder}.${randomBytes(6).toString('hex')}.tmp`;
  await mkdir(temporary);
  try {
    const saved = join(temporary, MODEL_FILE);
    const session = await Session.open({ ...options, saveAs: saved });
    await session.dispose();
    await writeFile(saved, await alignPrepacked(await readFile(saved), dataFileOf(saved)));
    for (const file of await readdir(temporary)) await flush(join(temporary, file));
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if ((await readdir(folder).catch(() => [])).length === 0) throw error; // else another process was faster
  }
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
