import type { Config } from '../config.js';
import type { Model } from '../model/model.js';
import { DEFAULT_QUEUE_LIMITS } from '../model/queue-limits.js';
import { openStreamEngine } from '../pipeline/open-stream-engine.js';
import type { StreamEngine } from '../pipeline/stream-engine.js';
import type { FfmpegTools } from '../source/ffmpeg-program.js';
import { allowListed } from '../source/live/allow-listed.js';

export interface EngineSetting {
  readonly config: Pick<Config, 'server' | 'queueLimits'>;
  readonly model: Model & { opened(): Promise<unknown> };
}

/** The engine needs an open model, and the server listens before it is open. */
export function serveEngine({ config, model }: EngineSetting, tools: FfmpegTools) {
  const policy = allowListed(config.server.streamAllow);
  // One sequence of the model is left for questions.
  const { maxBatch = DEFAULT_QUEUE_LIMITS.maxBatch } = config.queueLimits;
  const parallelWindows = Math.max(1, maxBatch - 1);
  let opening: Promise<StreamEngine> | null = null;
  return {
    open: (): Promise<StreamEngine> => {
      opening ??= model.opened().then(
        () => openStreamEngine({ model, tools, policy, parallelWindows }),
        (error: unknown) => {
          opening = null; // another process may open it
          throw error;
        },
      );
      return opening;
    },
    close: async (): Promise<void> => {
      await opening?.then(
        (engine) => engine.close(),
        () => undefined, // the model never opened
      );
    },
  };
}
