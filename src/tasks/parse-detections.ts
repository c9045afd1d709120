import type { Convention } from './convention.js';
import type { Detection, Detections, Problem } from './detection.js';
import { judgePiece } from './judge-piece.js';
import { leftovers } from './leftovers.js';

/** Google's expression for one thing: its box, its mask if any, its name if any, what parts it from the next. */
const PIECE = new RegExp(
  `${'<loc(\\d{4})>'.repeat(4)}\\s*(?:${'<seg(\\d{3})>'.repeat(16)})?\\s*([^;<>]+)? ?(?:; )?`,
  'g',
);
/** Mask tokens that are too few or too many, and the name behind them. */
const STRAY = /((?:<seg\d{3}>\s*)+)([^;<>]+)? ?(?:; )?/y;

/**
 * Reads the model's answer to `detect`, `segment` or a referring expression: `<loc0512>...` text into boxes and mask
 * codes. It finds what Google's expression finds, and never throws: what is malformed is left out, or taken without
 * the part that is wrong, and told as a problem. Source: paligemma.md sections 7 and 8.1.
 *
 * @param unnamed the label of boxes without a name, which is no problem then: a referring expression is answered so
 */
export function parseDetections(text: string, convention: Convention, unnamed?: string): Detections {
  const found: Detection[] = [];
  const problems: Problem[] = [];
  let end = 0; // of what has been accounted for
  for (const match of text.matchAll(PIECE)) {
    problems.push(...leftovers(text.slice(end, match.index)));
    const numbers = match.slice(1, 21).map((digits: string | undefined) => Number(digits ?? NaN));
    let name = match[21];
    end = match.index + match[0].length;

    STRAY.lastIndex = end;
    const stray = name === undefined ? STRAY.exec(text) : null;
    if (stray !== null) {
      name = stray[2];
      end = STRAY.lastIndex;
    }
    const codes = numbers.slice(4).filter((code) => !Number.isNaN(code));
    const piece = {
      text: text.slice(match.index, end).replace(/[\s;]+$/, ''),
      locations: numbers.slice(0, 4),
      codes,
      codeCount: codes.length + (stray?.[1]?.match(/<seg/g)?.length ?? 0),
      name: name?.trim() ?? '',
    };
    const judged = judgePiece(piece, convention, unnamed);
    if (judged.detection !== null) found.push(judged.detection);
    problems.push(...judged.reasons.map((reason) => ({ reason, text: piece.text })));
  }
  problems.push(...leftovers(text.slice(end)));
  return { found, problems };
}
