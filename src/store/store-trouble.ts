import { PalistreamError } from '../shared/errors.js';

/** Codes of a store that could not do what it was asked, through no fault of who asked. */
const TROUBLES: ReadonlySet<string> = new Set(['store_full', 'store_failed', 'store_damaged']);

/** Whether an error says that the store cannot keep anything now: what was to be kept may be tried again later. */
export function isStoreTrouble(error: unknown): error is PalistreamError {
  return error instanceof PalistreamError && TROUBLES.has(error.code);
}
