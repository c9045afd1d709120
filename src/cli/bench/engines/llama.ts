import type { BenchEngine, EngineSettings } from './bench-engine.js';

type Settings = Extract<EngineSettings, { kind: 'llama.cpp' }>;

/** What is used of `node-llama-cpp`. */
interface NodeLlama {
  readonly getLlama: (options: object) => Promise<Llama>;
}
interface Llama {
  loadModel(options: object): Promise<LlamaModel>;
  dispose(): Promise<void>;
}
interface LlamaModel {
  createContext(options: object): Promise<LlamaContext>;
}
interface LlamaContext {
  getSequence(): LlamaSequence;
}
interface LlamaSequence {
  clearHistory(): Promise<void>;
  evaluate(ids: readonly number[], options: object): AsyncGenerator<number, void>;
}

/** llama.cpp's decoder on a GGUF file, on the processor, with its defaults but for the threads. */
export async function openLlama({ file, threads, maxRows }: Settings): Promise<BenchEngine> {
  const name = 'node-llama-cpp';
  const { getLlama } = (await import(name)) as NodeLlama;
  // Never built or fetched here: its processor build comes with the package.
  const built = { gpu: false, build: 'never', skipDownload: true, progressLogs: false };
  const llama = await getLlama({ ...built, logLevel: 'error', maxThreads: threads });
  const model = await llama.loadModel({ modelPath: file });
  const context = await model.createContext({ contextSize: maxRows, threads, sequences: 1 });
  const sequence = context.getSequence();
  return {
    encode: null,
    together: null,
    caption: null,
    prefill: async (rows) => {
      await sequence.clearHistory();
      const ids = Array.from({ length: rows }, (_, i) => 300 + (i % 50));
      const words = sequence.evaluate(ids, { temperature: 0, yieldEogTokens: true });
      await words.next();
      return {
        next: async () => {
          await words.next();
        },
        end: async () => {
          await words.return();
        },
      };
    },
    close: () => llama.dispose(),
  };
}
