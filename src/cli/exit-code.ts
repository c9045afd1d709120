import { CancelledError, CheckpointError, EnvironmentError, RequestError } from '../shared/errors.js';

/** 2: fix the request, the checkpoint or the machine; 130: taken back; 1: everything else. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CancelledError) return 130;
  const isYours =
    error instanceof RequestError || error instanceof CheckpointError || error instanceof EnvironmentError;
  return isYours ? 2 : 1;
}
