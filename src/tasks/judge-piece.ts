import type { Convention } from './convention.js';
import type { Detection } from './detection.js';

/** One thing as the model wrote it, the numbers not yet looked at. */
export interface Piece {
  readonly text: string;
  /** y0, x0, y1, x1. */
  readonly locations: readonly number[];
  /** 16 or none. */
  readonly codes: readonly number[];
  /** How many mask tokens there were in all. */
  readonly codeCount: number;
  readonly name: string;
}

const LAST_LOCATION = 1023;
const LAST_CODE = 127;
const CODES = 16;

/** What can be believed of a piece (null: not even its box), and why the rest cannot. */
export function judgePiece(
  piece: Piece,
  convention: Convention,
  unnamed: string | undefined,
): { readonly detection: Detection | null; readonly reasons: readonly string[] } {
  const [top = 0, left = 0, bottom = 0, right = 0] = piece.locations;
  const beyond = piece.locations.find((location) => location > LAST_LOCATION);
  if (beyond !== undefined) {
    return { detection: null, reasons: [`the box has location ${beyond}, and the last is ${LAST_LOCATION}`] };
  }
  if (bottom <= top || right <= left) {
    const reason = `the box has no area: it goes from ${top} to ${bottom} in height and ${left} to ${right} in width`;
    return { detection: null, reasons: [reason] };
  }
  const reasons: string[] = [];
  const codes = codesOf(piece, reasons);
  if (piece.name === '' && unnamed === undefined) reasons.push('the box has no name');
  const box = {
    yMin: top / convention,
    xMin: left / convention,
    yMax: bottom / convention,
    xMax: right / convention,
  };
  return { detection: { label: piece.name || (unnamed ?? ''), box, codes }, reasons };
}

function codesOf({ codes, codeCount }: Piece, reasons: string[]): readonly number[] | null {
  if (codeCount > 0 && codeCount !== CODES) {
    const taken = codeCount < CODES ? 'only the box is taken' : `the first ${CODES} are taken`;
    reasons.push(`the mask has ${codeCount} codes where ${CODES} make one: ${taken}`);
  }
  const beyond = codes.find((code) => code > LAST_CODE);
  if (beyond !== undefined) {
    reasons.push(`the mask has code ${beyond}, and the last is ${LAST_CODE}: only the box is taken`);
  }
  return codes.length === CODES && beyond === undefined ? codes : null;
}
