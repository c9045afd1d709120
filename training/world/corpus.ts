/** Prints prompts and answers, a line each, for the tokenizer to learn its pieces from: `tsx corpus.ts COUNT`. */
import { questions } from './ask.js';
import { questionsAbroad } from './ask-abroad.js';
import { composeClip } from './compose-clip.js';
import { composePicture } from './compose-picture.js';
import { KINDS } from './kinds.js';
import { Random } from './random.js';
import { say, sayAtLength } from './say.js';
import { statement } from './statement.js';
import { LANGUAGES } from './tongues/tongue.js';
import { TONGUES } from './tongues/tongues.js';
import { COLOUR_NAMES, PLACE_NAMES, SIGN_TEXTS, SIGN_WORD_COUNT } from './vocabulary.js';

const OFTEN = 200;
const lines: string[] = [];
for (let seed = 0; seed < Number(process.argv[2] ?? 3000); seed++) {
  const random = new Random(seed);
  const pictures = [composePicture(5_000_000 + 2 * seed), composePicture(5_000_001 + 2 * seed)] as const;
  for (const scene of [pictures[0], composeClip(5_000_000 + seed)]) {
    for (const { prompt, answer } of questions(scene, random)) lines.push(prompt, answer);
    for (const language of LANGUAGES) {
      lines.push(`caption ${language}`, say(scene, language), sayAtLength(scene, language));
      if (language === 'en') continue;
      for (const { prompt, answer } of questionsAbroad(scene, random, language)) lines.push(prompt, answer);
    }
  }
  lines.push(statement(...pictures, random).prompt);
}
const often = (...words: readonly string[]): void => {
  for (const word of words) for (let i = 0; i < OFTEN; i++) lines.push(word);
};
often(
  'ocr',
  'detect a ; b',
  'segment a ; b',
  'cap en',
  'describe en',
  'question en',
  'answer en',
  'True',
  'False',
);
for (const language of LANGUAGES) {
  const { some, the, many, place, colour } = TONGUES[language];
  for (const kind of KINDS) {
    const one = { kind, colour: null, count: 1 };
    often(some(one), the(one), `${language} ${many(kind)}`);
  }
  for (const name of PLACE_NAMES) often(place[name]);
  for (const name of COLOUR_NAMES) often(`${language} ${colour[name]}`);
}
for (const text of SIGN_TEXTS.slice(0, SIGN_WORD_COUNT)) often(text, `says ${text}`);
process.stdout.write(lines.join('\n'));
