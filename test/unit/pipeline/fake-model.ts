import type { Model, ModelEvent, ModelInfo, ModelRequest } from '../../../src/model/model.js';
import { tensor } from '../../../src/shared/tensor.js';
import { MASK_AXES } from '../../../src/tasks/decoded-masks.js';
import { settle } from '../source/live/fake-clock.js';

/** A model that answers when the test says so, word by word, or throws. */
export class FakeModel implements Model {
  readonly info: ModelInfo = {
    directory: '/model',
    name: 'fake',
    family: 'PaliGemma',
    precision: 'f32',
    parameters: 1,
    imageSize: 8,
    tokensPerFrame: 1,
    maskDecoder: null,
  };
  readonly requests: ModelRequest[] = [];
  /** Requests that were taken back. */
  cancelled = 0;
  readonly #waiting: ((answer: string | Error) => void)[] = [];

  async *generate(request: ModelRequest, signal?: AbortSignal): AsyncGenerator<ModelEvent> {
    this.requests.push(request);
    const answer = await new Promise<string | Error>((resolve) => {
      this.#waiting.push(resolve);
      signal?.addEventListener('abort', () => {
        this.cancelled++;
        resolve(new Error('aborted'));
      });
    });
    if (answer instanceof Error) throw answer;
    const words = answer.split(/(?<= )/);
    const steps = words.map((text, i) => ({ id: i, text, logprob: 0, topIds: [], topLogprobs: [] }));
    for (const step of steps) yield { kind: 'step', step };
    const timing = { encodeMs: 5, prefillMs: 6, decodeMs: 7 };
    const ids = steps.map((step) => step.id);
    yield {
      kind: 'done',
      generation: { ids, text: answer, steps, stopped: 'eos', promptIds: [], imageTokens: 1, timing },
    };
  }

  /** Answers the oldest open request. */
  async answer(text: string | Error): Promise<void> {
    this.#waiting.shift()?.(text);
    await settle();
  }

  /** How many requests wait for an answer. */
  get open(): number {
    return this.#waiting.length;
  }

  decodeMasks() {
    return Promise.resolve(tensor(MASK_AXES, [0, 1, 1], new Float32Array()));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
