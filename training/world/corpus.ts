/** Prints prompts and answers, a line each, for the tokenizer to learn its pieces from: `tsx corpus.ts COUNT`. */
import { captionTask, questions } from './ask.js';
import { composeClip } from './compose-clip.js';
import { composePicture } from './compose-picture.js';
import { KINDS } from './kinds.js';
import { Random } from './random.js';
import { COLOUR_NAMES, PLACES, SIGN_WORDS } from './vocabulary.js';

const lines: string[] = [];
for (let seed = 0; seed < Number(process.argv[2] ?? 3000); seed++) {
  const random = new Random(seed);
  for (const scene of [composePicture(5_000_000 + seed), composeClip(5_000_000 + seed)])
    for (const { prompt, answer } of [captionTask(scene), ...questions(scene, random)])
      lines.push(prompt, answer);
}
for (const kind of KINDS)
  for (let i = 0; i < 200; i++) lines.push(`a ${kind.name}`, `the ${kind.plural}`, kind.plural, kind.name);
for (const word of SIGN_WORDS) for (let i = 0; i < 200; i++) lines.push(word, `says ${word}`);
for (const word of [...COLOUR_NAMES, ...Object.values(PLACES)])
  for (let i = 0; i < 200; i++) lines.push(word);
process.stdout.write(lines.join('\n'));
