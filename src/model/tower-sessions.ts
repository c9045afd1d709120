import type { Checkpoint } from '../checkpoint/checkpoint.js';
import { keepUsed } from '../graph/keep-used.js';
import { openWeights } from '../graph/open-weights.js';
import type { Precision } from '../graph/precision.js';
import { quantizedWeights } from '../graph/quantized-weights.js';
import { removeStale } from '../graph/remove-stale.js';
import type { Weights } from '../graph/weights.js';
import type { ConversionProgress } from '../graph/write-converted.js';
import type { ExecutionProvider } from '../runtime/execution-provider.js';
import { openOnProvider } from '../runtime/open-on-provider.js';
import { openPrepared } from '../runtime/open-prepared.js';
import type { Session } from '../runtime/session.js';

export interface TowerSessionOptions {
  readonly cacheDirectory: string;
  readonly threads: number;
  readonly provider: ExecutionProvider;
  readonly onWarning: (message: string) => void;
  readonly onProgress?: ConversionProgress;
}

/** Opens sessions on graphs that are built on one checkpoint's weights in one precision. */
export interface TowerSessions {
  readonly weights: Weights;
  /** What the sessions opened so far compute on; a provider that failed once is not tried again. */
  readonly provider: ExecutionProvider;
  open(name: string, model: Uint8Array): Promise<Session>;
  /** To be called once all sessions are open: what they do not need any more is removed. */
  settle(): Promise<void>;
  dispose(): Promise<void>;
}

/**
 * In float32 sessions map the weights where they lie, or a converted copy. Quantized, the weights are written only
 * when no prepared model is there; on another provider than the processor there are no prepared ones.
 *
 * @throws CheckpointError, EnvironmentError
 */
export async function towerSessions(
  checkpoint: Checkpoint,
  precision: Precision,
  options: TowerSessionOptions,
): Promise<TowerSessions> {
  const { cacheDirectory, threads, onWarning, onProgress } = options;
  let { provider } = options;
  const openHere = async (name: string, model: Uint8Array, weightsFolder: string): Promise<Session> => {
    const opened = await openOnProvider({ name, model, weightsFolder, threads }, provider, onWarning);
    provider = opened.provider;
    return opened.session;
  };

  if (precision === 'f32') {
    const weights = await openWeights(checkpoint, cacheDirectory, onWarning, onProgress);
    return {
      weights,
      get provider() {
        return provider;
      },
      open: (name, model) => openHere(name, model, weights.folder),
      settle: () => weights.settle(),
      dispose: () => weights.dispose(),
    };
  }

  const weights = quantizedWeights(checkpoint, precision, cacheDirectory, onWarning, onProgress);
  let areAllPrepared = true;
  const endings: (() => void)[] = [];
  return {
    weights,
    get provider() {
      return provider;
    },
    open: async (name, model) => {
      if (provider !== 'cpu') {
        areAllPrepared = false;
        return openHere(name, model, await weights.write());
      }
      const { stem } = weights;
      const writeWeights = () => weights.write();
      const prepared = { name, model, threads, cacheDirectory, stem, writeWeights, onWarning };
      const { session, folder } = await openPrepared(prepared);
      if (folder === null) areAllPrepared = false;
      else endings.push(keepUsed(folder));
      return session;
    },
    settle: async () => {
      if (areAllPrepared) await weights.discard();
      await weights.settle();
      await removeStale(cacheDirectory); // not before: this model's own have been touched now
    },
    dispose: async () => {
      for (const end of endings) end();
      await weights.dispose();
    },
  };
}
