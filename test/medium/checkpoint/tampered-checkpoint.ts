import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export const FIXTURES = join(import.meta.dirname, '../../fixtures/paligemma-tiny');
export type FixtureName = 'paligemma1-tiny-f32' | 'paligemma1-tiny-bf16-sharded' | 'paligemma2-tiny-bf16';

export interface HeaderEntry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}
export type Header = Record<string, HeaderEntry>;

/** An empty folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'checkpoint-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of a tiny checkpoint, without its frames, for one test to damage. */
export async function copyCheckpoint(name: FixtureName): Promise<string> {
  const folder = await temporaryFolder();
  await cp(join(FIXTURES, name), folder, { recursive: true, filter: (path) => !path.includes('frames') });
  return folder;
}

/** Rewrites a JSON file of a checkpoint. */
export async function editJson(file: string, edit: (json: Record<string, unknown>) => void): Promise<void> {
  const json = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  edit(json);
  await writeFile(file, JSON.stringify(json));
}

/** Rewrites the header of a safetensors file; a returned buffer replaces the data. */
export async function editHeader(
  file: string,
  edit: (header: Header, data: Buffer) => Buffer | undefined,
): Promise<void> {
  const { header, data } = await readSafetensors(file);
  const replaced = edit(header, data) ?? data;
  await writeSafetensors(file, JSON.stringify(header), replaced);
}

export async function readSafetensors(file: string): Promise<{ header: Header; data: Buffer }> {
  const bytes = await readFile(file);
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.subarray(8, 8 + length).toString()) as Header;
  return { header, data: bytes.subarray(8 + length) };
}

export async function writeSafetensors(file: string, header: string, data: Uint8Array): Promise<void> {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)));
  await writeFile(file, Buffer.concat([length, Buffer.from(header), data]));
}

/** An entry that must be there. */
export function entry(header: Header, name: string): HeaderEntry {
  const found = header[name];
  if (found === undefined) throw new Error(`the fixture has no ${name}`);
  return found;
}
