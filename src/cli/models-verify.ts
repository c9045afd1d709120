import { resolve } from 'node:path';
import { type FileVerdict, verifyFiles } from '../checkpoint/hub/verify-files.js';
import { openCheckpoint } from '../checkpoint/open-checkpoint.js';
import { CheckpointError } from '../shared/errors.js';
import { bytesText } from './bytes-text.js';
import type { CliContext } from './context.js';
import { modelFolder } from './model-folder.js';
import { transferBar } from './transfer-bar.js';

/** @throws CheckpointError `checkpoint_damaged`, and what `openCheckpoint` throws */
export async function verifyModel(
  { config, stdout, stderr, signal }: CliContext,
  given: string,
  { json, quiet }: { readonly json: boolean; readonly quiet: boolean },
): Promise<void> {
  const directory = modelFolder(given, config.huggingFaceHub);
  const bar = transferBar(stderr, quiet);
  let files: FileVerdict[];
  try {
    files = await verifyFiles(
      directory,
      (done, total) => {
        bar.update({ file: given, done, total });
      },
      signal,
    );
  } catch (error) {
    await openCheckpoint(directory); // says better what is wrong with the folder
    throw error;
  } finally {
    bar.stop();
  }
  const bad = files.filter(({ state }) => state === 'damaged' || state === 'missing');
  if (json) stdout.write(`${JSON.stringify({ directory, ok: bad.length === 0, files })}\n`);
  else
    for (const { path, bytes, state } of files)
      stdout.write(`${state.padEnd(8)} ${path} (${bytesText(bytes)})\n`);
  if (bad.length > 0) {
    const isFolder = directory === resolve(given); // which does not know where it was fetched from
    const pull = isFolder ? `palistream pull OWNER/NAME --to ${given}` : `palistream pull ${given}`;
    throw new CheckpointError(
      'checkpoint_damaged',
      `${given} is damaged: remove ${bad.map(({ file }) => file).join(', ')} and run ${pull} again`,
    );
  }
  await openCheckpoint(directory);
}
