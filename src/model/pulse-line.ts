import type { Pulse } from './stall-watch.js';

/** The pipe that pulses go through: behind stdin, stdout, stderr and the channel of messages. */
export const PULSE_FD = 4;

export const PULSE_MS = 1000;

/** Reads a line `turns cpuMs residentBytes`; null for anything else. */
export function parsePulse(line: string): Pulse | null {
  const match = /^(-?\d{1,16}) (\d{1,16}) (\d{1,16})$/.exec(line);
  if (match === null) return null;
  const [turns = 0, cpuMs = 0, residentBytes = 0] = match.slice(1).map(Number);
  return { turns, cpuMs, residentBytes };
}
