import { readFile } from 'node:fs/promises';

let known: Promise<string | null> | null = null;

/** What the processor can do, in Linux's words; null on other systems, which do not say. */
export function processorFlags(): Promise<string | null> {
  known ??= readFile('/proc/cpuinfo', 'utf8').then(
    (text) => /^(?:flags|Features)\s*:(.*)$/m.exec(text)?.[1]?.trim() ?? null,
    () => null,
  );
  return known;
}

/**
 * Whether products of unsigned with signed bytes may overflow: x64 without VNNI adds pairs of them in 16 bits. Where
 * it is not known, they may.
 */
export function bytesMayOverflow(arch: string, flags: string | null): boolean {
  return arch === 'x64' && !/\bavx(?:512)?_vnni\b/.test(flags ?? '');
}
