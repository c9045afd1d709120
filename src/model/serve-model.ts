import { BugError } from '../shared/errors.js';
import { packError } from './carried-error.js';
import type { CountingModel, EngineModule, EngineSettings } from './engine-module.js';
import type { EngineStats } from './model-stats.js';
import type { FromModelProcess, ToModelProcess } from './process-messages.js';

/** The model process's side of the conversation, apart from the process it runs in. */
export interface ModelServer {
  /** Handles one message; resolves when all it asked for has been answered. Never rejects. */
  receive(message: ToModelProcess): Promise<void>;
}

/** How often it is told, between the ends of requests, that work is being done: a beam search says nothing before its end. */
const PROGRESS_MS = 1000;

/** Answers messages with an engine. `onClosed` is called once, after the engine has been closed. */
export function serveModel(
  engine: EngineModule,
  send: (message: FromModelProcess) => void,
  onClosed: () => void,
): ModelServer {
  let model: CountingModel | null = null;
  let toldWork = 0;
  const running = new Map<number, AbortController>();

  const open = async (settings: EngineSettings): Promise<void> => {
    try {
      model = await engine.openEngine({
        ...settings,
        onWarning: (message) => {
          send({ kind: 'warning', message });
        },
        onLoading: (done, total) => {
          send({ kind: 'loading', done, total });
        },
      });
      send({ kind: 'ready', info: model.info });
    } catch (error) {
      send({ kind: 'failed', id: null, error: packError(error) });
    }
  };

  /** Tells what has been done, so that whoever hears the end of a request knows what it took. */
  const tellStats = (): void => {
    const stats = model?.engineStats;
    if (stats === undefined) return;
    toldWork = workOf(stats);
    send({ kind: 'stats', stats });
  };

  /** What hangs does no work, and must not be told as getting on. */
  const tellProgress = (): void => {
    const stats = model?.engineStats;
    if (stats !== undefined && workOf(stats) !== toldWork) tellStats();
  };

  /** Runs one request so that it can be cancelled, and tells how it failed. */
  const answer = async (
    id: number,
    work: (model: CountingModel, signal: AbortSignal) => Promise<void>,
  ): Promise<void> => {
    const controller = new AbortController();
    running.set(id, controller);
    const timer = setInterval(tellProgress, PROGRESS_MS);
    try {
      if (model === null)
        throw new BugError('model_not_open', `request ${id} came before the model was open`);
      await work(model, controller.signal);
    } catch (error) {
      tellStats();
      send({ kind: 'failed', id, error: packError(error) });
    } finally {
      clearInterval(timer);
      running.delete(id);
    }
  };

  return {
    async receive(message) {
      switch (message.kind) {
        case 'open':
          return open(message.settings);
        case 'generate':
          return answer(message.id, async (opened, signal) => {
            for await (const event of opened.generate(message.request, signal)) {
              if (event.kind === 'done') tellStats();
              send({ kind: 'event', id: message.id, event });
            }
          });
        case 'decode-masks':
          return answer(message.id, async (opened, signal) => {
            const masks = await opened.decodeMasks(message.codes, signal);
            tellStats();
            send({ kind: 'masks', id: message.id, masks });
          });
        case 'cancel':
          running.get(message.id)?.abort();
          return;
        case 'close':
          for (const controller of running.values()) controller.abort();
          await model?.close().catch(() => undefined); // nothing is left to be told to
          onClosed();
      }
    },
  };
}

function workOf({ vision, decoder }: EngineStats): number {
  return vision.passes + decoder.runs;
}
