import { messageOf } from '../shared/errors.js';

const SHORT = /\b(?:EAGAIN|ENOMEM|EMFILE|ENFILE)\b/;

/** Whether a program did not start because the system has no room for one more process now. */
export function isShortOfProcesses(error: unknown): boolean {
  return SHORT.test(messageOf(error));
}

export function cannotStartNow(program: string, error: unknown): string {
  return `${JSON.stringify(program)} cannot be started now (${messageOf(error)}): the machine is short of processes or memory, try again`;
}
