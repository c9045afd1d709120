const MAX_NAME = 255;

/** The name a sender gives a file, as it is kept: not too long, and without the half of a character that a cut leaves. */
export function fileName(given: string): string {
  return given.slice(0, MAX_NAME).toWellFormed();
}
