import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { lookup } from 'mrmime';

/** A file of the built page, in one encoding. */
export interface PageFile {
  readonly bytes: Buffer;
  /** Changes with the bytes; the time of a file says nothing, npm gives all files of a package the same. */
  readonly etag: string;
  readonly type: string;
  /** The name of the encoding in HTTP; null: as it is. */
  readonly encoding: string | null;
}

/** By the ending of a compressed copy, the smallest first. */
const ENCODINGS: readonly [ending: string, encoding: string][] = [
  ['.br', 'br'],
  ['.gz', 'gzip'],
];

/**
 * Reads the whole page: 1.4 MB with its compressed copies. In memory it stays whole while its folder is built anew or
 * replaced by an upgrade.
 * @returns by its path (`/assets/main.js`) each file in its encodings, the smallest first, as it is last
 */
export function readPageFiles(folder: string): ReadonlyMap<string, readonly PageFile[]> {
  const names = new Set(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const files = new Map<string, PageFile[]>();
  for (const name of names) {
    if (ENCODINGS.some(([ending]) => name.endsWith(ending))) continue;
    const copies = ENCODINGS.filter(([ending]) => names.has(name + ending));
    files.set(`/${relative(folder, name).replaceAll(sep, '/')}`, [
      ...copies.map(([ending, encoding]) => readPageFile(name + ending, typeOf(name), encoding)),
      readPageFile(name, typeOf(name), null),
    ]);
  }
  return files;
}

function readPageFile(path: string, type: string, encoding: string | null): PageFile {
  const bytes = readFileSync(path);
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url')}"`, type, encoding };
}

function typeOf(name: string): string {
  const type = lookup(name) ?? 'application/octet-stream';
  return type === 'text/html' ? `${type};charset=utf-8` : type;
}
