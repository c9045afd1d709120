import { createReadStream } from 'node:fs';
import { splitLines } from '../evaluate/lines/split-lines.js';
import { openLocalFile } from '../source/local-file.js';

/**
 * The lines of a file, or of standard input for `-`, as they are asked for.
 * @throws RequestError when the file cannot be read
 */
export async function* readLines(file: string): AsyncGenerator<string> {
  const chunks = file === '-' ? process.stdin : createReadStream((await openLocalFile(file)).path);
  yield* splitLines(chunks as AsyncIterable<Uint8Array>);
}
