import type { CompletionEvent } from '../../pipeline/completion/completion.js';
import type { ChoiceEvent, CompletionHead } from './chat-completions.js';
import { logprobsBody } from './logprobs-body.js';
import { usageBody } from './usage-body.js';

type Finish = Extract<CompletionEvent, { kind: 'end' }>;

export interface ChunkOptions {
  readonly areLogprobsWanted: boolean;
  /** Tells what the answer cost in a chunk of its own at the end. */
  readonly isUsageWanted: boolean;
}

/** An answer as `chat.completion.chunk`s, as it is written. */
export class ChunkWriter {
  readonly #begun = new Set<number>();
  readonly #ends: Finish[] = [];

  constructor(
    private readonly head: CompletionHead,
    private readonly options: ChunkOptions,
  ) {}

  /** @returns the chunks an event makes: a choice's first one tells its role */
  take({ choice, event }: ChoiceEvent): readonly object[] {
    const chunks: object[] = [];
    if (!this.#begun.has(choice)) {
      this.#begun.add(choice);
      chunks.push(this.#chunk(choice, { role: 'assistant', content: '', refusal: null }));
    }
    const logprobs =
      event.tokens.length === 0 ? null : logprobsBody(event.tokens, this.options.areLogprobsWanted);
    if (event.kind === 'text') {
      chunks.push(this.#chunk(choice, { content: event.text }, logprobs));
    } else {
      this.#ends.push(event);
      chunks.push(this.#chunk(choice, {}, logprobs, event.finish));
    }
    return chunks;
  }

  /** @returns what follows the last event */
  end(): readonly object[] {
    return this.options.isUsageWanted
      ? [{ ...this.#common(), choices: [], usage: usageBody(this.#ends) }]
      : [];
  }

  #chunk(index: number, delta: object, logprobs: object | null = null, finish: string | null = null): object {
    const choices = [{ index, delta, logprobs, finish_reason: finish }];
    return { ...this.#common(), choices, ...(this.options.isUsageWanted ? { usage: null } : {}) };
  }

  #common(): object {
    const { id, created, model, fingerprint } = this.head;
    return { id, object: 'chat.completion.chunk', created, model, system_fingerprint: fingerprint };
  }
}
