import { RequestError } from '../../shared/errors.js';

/** A line is one item of a benchmark; more than this is not a file of lines, and would fill the memory. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/**
 * The lines of a file of JSON lines, as its bytes come. Only line feeds end a line: JSON may hold U+2028 as it is, at
 * which Node's readline cuts.
 * @throws RequestError `line_too_long`
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(); // takes a byte order mark off
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    if (rest.length > MOST_CHARACTERS) {
      throw new RequestError(
        'line_too_long',
        `a line has more than ${MOST_CHARACTERS} characters: give a file of JSON lines, one item a line`,
      );
    }
    for (const part of parts) yield part.endsWith('\r') ? part.slice(0, -1) : part;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
