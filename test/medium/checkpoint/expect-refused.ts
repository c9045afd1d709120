import { expect } from 'vitest';
import { openCheckpoint } from '../../../src/checkpoint/open-checkpoint.js';
import { CheckpointError } from '../../../src/shared/errors.js';

/** What is wrong; the damage done to a copy; the code; what the message must name. */
export type Case = readonly [
  what: string,
  damage: (folder: string) => Promise<unknown>,
  code: string,
  named: readonly (string | RegExp)[],
];

/** The error with which a folder is refused. */
export async function refusal(folder: string): Promise<CheckpointError> {
  const thrown: unknown = await openCheckpoint(folder).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof CheckpointError)) throw new Error(`it was not refused: ${String(thrown)}`);
  return thrown;
}

/** Damages a folder and holds the error against what it must say, in one line. */
export async function expectRefused(folder: string, [, damage, code, named]: Case): Promise<void> {
  await damage(folder);
  const { message, code: actual } = await refusal(folder);
  expect({ code: actual, message }).toMatchObject({ code });
  expect(message).not.toContain('\n');
  for (const words of named) {
    if (typeof words === 'string') expect(message).toContain(words);
    else expect(message).toMatch(words);
  }
}
