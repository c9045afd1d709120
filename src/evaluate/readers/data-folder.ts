import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, normalize, sep } from 'node:path';
import { parse as parseCsv } from 'csv-parse';
import type { z } from 'zod';
import { messageOf, RequestError } from '../../shared/errors.js';
import { splitLines } from '../lines/split-lines.js';

/** The largest annotations that are read whole; VQAv2's are 400 MB, and a string of V8 ends at 512 MB. */
const MOST_BYTES = 500_000_000;

/** A folder with a dataset as published. Everything read from it is checked, and named when it is not as published. */
export class DataFolder {
  constructor(readonly directory: string) {}

  /** @throws RequestError `dataset_file`, `dataset_layout` */
  async json<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return this.parse(path, schema, await this.text(path));
  }

  /** One object a line. */
  async *lines<T>(path: string, schema: z.ZodType<T>): AsyncGenerator<T> {
    await this.expectFile(path);
    const chunks = createReadStream(this.locate(path)) as AsyncIterable<Uint8Array>;
    for await (const line of splitLines(chunks)) if (line.trim() !== '') yield this.parse(path, schema, line);
  }

  /** Rows by the names of the first line. */
  async *rows<T>(path: string, schema: z.ZodType<T>): AsyncGenerator<T> {
    await this.expectFile(path);
    const rows = createReadStream(this.locate(path)).pipe(
      parseCsv({ columns: true, bom: true, relax_column_count: true, skip_empty_lines: true }),
    );
    try {
      for await (const row of rows) yield this.check(path, schema, row);
    } catch (error) {
      throw error instanceof RequestError ? error : this.layoutError(path, messageOf(error));
    }
  }

  /** Words with line ends between, such as a list of ids. */
  async list(path: string): Promise<string[]> {
    return (await this.text(path))
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }

  async bytes(path: string): Promise<Uint8Array> {
    await this.expectFile(path);
    return readFile(this.locate(path));
  }

  /** Names in a folder, sorted; none when there is no such folder. */
  async names(path: string): Promise<string[]> {
    try {
      return (await readdir(this.locate(path))).sort();
    } catch {
      return [];
    }
  }

  async has(path: string): Promise<boolean> {
    return (await stat(this.locate(path)).catch(() => null))?.isFile() ?? false;
  }

  /** Checks a value that came out of a file of another form. */
  check<T>(path: string, schema: z.ZodType<T>, value: unknown): T {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw this.layoutError(path, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }

  /**
   * Where a path of the dataset lies. Annotations name pictures: one that leads out of the folder is refused.
   * @throws RequestError `dataset_layout`
   */
  locate(path: string): string {
    const inside = normalize(path);
    if (isAbsolute(inside) || inside === '..' || inside.startsWith(`..${sep}`)) {
      throw this.layoutError(path, 'it leads out of the folder');
    }
    return join(this.directory, inside);
  }

  private parse<T>(path: string, schema: z.ZodType<T>, text: string): T {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw this.layoutError(path, messageOf(error));
    }
    return this.check(path, schema, value);
  }

  private async text(path: string): Promise<string> {
    const bytes = await this.expectFile(path);
    if (bytes > MOST_BYTES) {
      throw this.layoutError(path, `it has ${bytes} bytes, and at most ${MOST_BYTES} are read`);
    }
    return (await readFile(this.locate(path), 'utf8')).replace(/^\ufeff/, '');
  }

  /** @returns its bytes */
  private async expectFile(path: string): Promise<number> {
    const facts = await stat(this.locate(path)).catch(() => null);
    if (facts?.isFile() === true) return facts.size;
    throw new RequestError(
      'dataset_file',
      `the dataset has no file ${JSON.stringify(path)} in ${JSON.stringify(this.directory)}: see docs/evaluate for its layout`,
    );
  }

  private layoutError(path: string, why: string): RequestError {
    return new RequestError(
      'dataset_layout',
      `${JSON.stringify(path)} is not as published (${why.slice(0, 300)}): fetch it again, or see docs/evaluate`,
    );
  }
}
