import { basename } from 'node:path';
import type { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';
import { BugError } from '../shared/errors.js';
import { loadOnnxruntime } from './load-onnxruntime.js';
import { bytesMayOverflow, processorFlags } from './processor-flags.js';
import { runtimeError } from './runtime-error.js';

/** What goes into a session or comes out; the data may be a view into something larger, it is not copied. */
export interface RuntimeTensor {
  readonly data: Float32Array | Uint8Array | BigInt64Array;
  readonly dims: readonly number[];
}

export interface SessionOptions {
  /** For errors: `the decoder`. */
  readonly name: string;
  readonly model: Uint8Array;
  /** Absolute folder that the model's external weights lie below; they are mapped. */
  readonly weightsFolder: string;
  readonly threads: number;
  readonly executionProviders?: readonly string[];
  /** Absolute path: the optimized model goes there, its weights, packed for this processor, into a file beside it. */
  readonly saveAs?: string;
}

/** Smaller tensors go into the saved model itself: shapes have to, they are looked at before files are. */
const MIN_EXTERNAL_BYTES = 64;

type Onnxruntime = Awaited<ReturnType<typeof loadOnnxruntime>>;

/**
 * One loaded graph. `run` occupies the thread until it is done: call it in a process that has nothing else to do.
 */
export class Session {
  readonly #onnxruntime: Onnxruntime;
  readonly #session: InferenceSession;
  readonly #name: string;
  #running: Promise<unknown> = Promise.resolve();
  #isDisposed = false;

  private constructor(onnxruntime: Onnxruntime, session: InferenceSession, name: string) {
    this.#onnxruntime = onnxruntime;
    this.#session = session;
    this.#name = name;
  }

  /** @throws EnvironmentError without the library, the provider, enough memory or open files; BugError for a wrong graph */
  static async open(options: SessionOptions): Promise<Session> {
    const onnxruntime = await loadOnnxruntime();
    const mayOverflow = bytesMayOverflow(process.arch, await processorFlags());
    try {
      const session = await onnxruntime.InferenceSession.create(options.model, {
        executionProviders: [...(options.executionProviders ?? ['cpu'])],
        intraOpNumThreads: options.threads,
        interOpNumThreads: 1,
        graphOptimizationLevel: 'all',
        logSeverityLevel: 3,
        ...(options.saveAs === undefined ? {} : { optimizedModelFilePath: options.saveAs }),
        extra: {
          'session.model_external_initializers_file_folder_path': options.weightsFolder,
          // Spinning burns a core between frames and gains nothing in a workload with pauses.
          'session.intra_op.allow_spinning': '0',
          // Exact, but half as fast: only where bytes would overflow otherwise.
          'session.x64quantprecision': mayOverflow ? '1' : '0',
          ...(options.saveAs === undefined ? {} : savingOptions(options.saveAs)),
        },
      });
      return new Session(onnxruntime, session, options.name);
    } catch (error) {
      throw runtimeError(error, `loading ${options.name}`);
    }
  }

  /**
   * Runs the graph once.
   * @param fetches - which outputs are wanted: a tensor receives the numbers in place and need not be looked for
   *   in the result (the runtime also copies them, so fetch little); null has one made
   * @throws BugError after dispose or for wrong shapes, EnvironmentError when memory ran out
   */
  async run(
    feeds: Readonly<Record<string, RuntimeTensor>>,
    fetches: Readonly<Record<string, RuntimeTensor | null>>,
  ): Promise<Record<string, RuntimeTensor>> {
    this.#refuseWhenDisposed();
    const wanted = mapValues(fetches, (value) => (value === null ? null : this.#wrap(value)));
    const running = this.#session.run(mapValues(feeds, this.#wrap.bind(this)), wanted);
    this.#running = running.catch(() => undefined);
    try {
      return mapValues(await running, ({ data, dims }) => ({ data: data as RuntimeTensor['data'], dims }));
    } catch (error) {
      throw runtimeError(error, `running ${this.#name}`);
    }
  }

  /** Gives the memory back once what is running has ended; again does nothing. */
  async dispose(): Promise<void> {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    await this.#running;
    await this.#session.release();
  }

  #wrap({ data, dims }: RuntimeTensor): OnnxTensor {
    return new this.#onnxruntime.Tensor(typeName(data), data, dims);
  }

  #refuseWhenDisposed(): void {
    if (this.#isDisposed)
      throw new BugError('session_disposed', `${this.#name} was used after it was closed`);
  }
}

/** Where the weights of a saved model go. */
export function dataFileOf(savedModel: string): string {
  return `${savedModel}.data`;
}

function savingOptions(path: string): Record<string, string> {
  return {
    'session.save_external_prepacked_constant_initializers': '1',
    'session.optimized_model_external_initializers_file_name': basename(dataFileOf(path)),
    'session.optimized_model_external_initializers_min_size_in_bytes': String(MIN_EXTERNAL_BYTES),
  };
}

function typeName(data: RuntimeTensor['data']): OnnxTensor.Type {
  if (data instanceof Float32Array) return 'float32';
  return data instanceof Uint8Array ? 'uint8' : 'int64';
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
