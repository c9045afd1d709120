import { randomUUID } from 'node:crypto';
import { link, open, readFile, rm, writeFile } from 'node:fs/promises';
import { messageOf, RequestError } from '../../shared/errors.js';
import { HEADER, type PredictionHeader, RECORD, type PredictionRecord } from './prediction-record.js';

/**
 * A file of predictions, one a line, that several processes append to and that can be gone on with. A line that was cut
 * off by a crash is passed over.
 */
export class PredictionFile {
  private readonly known = new Map<string, PredictionRecord>();
  private bytesRead = 0;
  private rest = '';

  private constructor(
    readonly path: string,
    readonly header: PredictionHeader,
  ) {}

  /**
   * Opens a file, or makes it with a header.
   * @throws RequestError `predictions_file`, `predictions_of_another`
   */
  static async open(path: string, header: PredictionHeader): Promise<PredictionFile> {
    const line = `${JSON.stringify(header)}\n`;
    const whole = `${path}.${randomUUID()}`; // nobody finds the file without its header
    try {
      await writeFile(whole, line, { flag: 'wx' });
      await link(whole, path).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
        return writeFile(path, line, { flag: 'wx' }); // a file system without links
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw fileError(path, error);
    } finally {
      await rm(whole, { force: true });
    }
    const file = await PredictionFile.read(path);
    for (const key of ['benchmark', 'split', 'model', 'precision'] as const) {
      if (file.header[key] === header[key]) continue;
      throw new RequestError(
        'predictions_of_another',
        `${JSON.stringify(path)} holds predictions of ${key} ${JSON.stringify(file.header[key])}, and ` +
          `${JSON.stringify(header[key])} is asked for: name another file`,
      );
    }
    if (file.header.weights !== undefined && file.header.weights !== header.weights) {
      throw new RequestError(
        'predictions_of_another',
        `${JSON.stringify(path)} holds predictions of other weights than those of ${JSON.stringify(header.model)} ` +
          'now: name another file',
      );
    }
    return file;
  }

  /** Opens a file that is there. */
  static async read(path: string): Promise<PredictionFile> {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      throw fileError(path, error);
    });
    const header = HEADER.safeParse(jsonOrNull(text.split('\n')[0] ?? ''));
    if (!header.success) throw fileError(path, 'its first line does not say what of');
    const file = new PredictionFile(path, header.data);
    await file.refresh();
    return file;
  }

  /** The predictions known so far, by id; a missing file may be there by now, and does not count. */
  get predictions(): ReadonlyMap<string, PredictionRecord> {
    return this.known;
  }

  /** Reads what has been appended since. */
  async refresh(): Promise<void> {
    const handle = await open(this.path);
    try {
      const { size } = await handle.stat();
      const buffer = Buffer.alloc(Math.max(0, size - this.bytesRead));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, this.bytesRead);
      // Only whole lines are taken in, so that no character is cut in two.
      const end = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
      this.bytesRead += end;
      this.rest = buffer.subarray(0, end).toString('utf8');
    } finally {
      await handle.close();
    }
    for (const line of this.rest.split('\n')) this.take(line);
    this.rest = '';
  }

  /** One write for a line, which appending keeps whole beside other processes. */
  async append(record: PredictionRecord): Promise<void> {
    const handle = await open(this.path, 'a+');
    try {
      const { size } = await handle.stat();
      const last = Buffer.alloc(1);
      await handle.read(last, 0, 1, Math.max(0, size - 1));
      await handle.write(`${last[0] === 0x0a ? '' : '\n'}${JSON.stringify(record)}\n`);
    } finally {
      await handle.close();
    }
  }

  private take(line: string): void {
    const record = RECORD.safeParse(jsonOrNull(line));
    if (!record.success) return;
    const { id, prediction } = record.data;
    if (prediction !== undefined || this.known.get(id)?.prediction === undefined)
      this.known.set(id, record.data);
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function fileError(path: string, error: unknown): RequestError {
  return new RequestError(
    'predictions_file',
    `${JSON.stringify(path)} cannot be used for predictions (${messageOf(error)}): name another file`,
    { cause: error },
  );
}
