import { ModelProcess, type ModelProcessOptions } from '../model/model-process.js';
import { throwIfCancelled } from '../shared/errors.js';
import type { CliContext } from './context.js';
import { engineSettings, type ModelOptions } from './model-options.js';
import { warner } from './warner.js';

/**
 * Forks the model process and runs the work at once: what can be done without the model (looking at the video,
 * decoding the first clip) is done while it opens. The process is ended whatever happens.
 */
export async function withModel<T>(
  context: CliContext,
  options: ModelOptions,
  work: (model: ModelProcess) => Promise<T>,
  hooks: Pick<ModelProcessOptions, 'onWarning' | 'onLife'> = {},
): Promise<T> {
  const { signal } = context;
  throwIfCancelled(signal);
  const model = new ModelProcess({
    ...engineSettings(context, options),
    onWarning: warner(context, options),
    ...hooks,
    ...(context.engine === undefined ? {} : { engine: context.engine }),
  });
  const kill = (): void => {
    void model.close(0);
  };
  signal.addEventListener('abort', kill, { once: true });
  try {
    return await work(model);
  } catch (error) {
    throwIfCancelled(signal);
    throw error;
  } finally {
    signal.removeEventListener('abort', kill);
    await (model.isReady ? model.close() : model.close(0)); // nothing is lost with a model that is half open
  }
}
