import { randomInt, randomUUID } from 'node:crypto';
import { from, map, merge, type Observable } from 'rxjs';
import type { CompletionEvent } from '../../pipeline/completion/completion.js';
import { pullMap } from '../../pipeline/pull-map.js';
import { RequestError } from '../../shared/errors.js';
import type { ModelStateSource } from '../served-model.js';
import type { ChatBody } from './chat-body.js';
import type { ChatMedia, MediaTerms } from './chat-media.js';
import { chatPrompt } from './chat-prompt.js';
import type { ChatTools } from './chat-tools.js';
import { expectSupported } from './expect-supported.js';
import { generationTerms } from './generation-terms.js';
import { readConversation } from './read-conversation.js';

/** What all choices of an answer have in common. */
export interface CompletionHead {
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly model: string;
  /** Another one may write otherwise with the same seed. */
  readonly fingerprint: string;
}

export interface ChoiceEvent {
  readonly choice: number;
  readonly event: CompletionEvent;
}

export interface ChatCompletion {
  readonly head: CompletionHead;
  /** Of all choices as they come, each ending with `end`; unsubscribing takes them back. */
  readonly events: Observable<ChoiceEvent>;
}

export interface ChatCompletionsOptions {
  readonly tools: ChatTools;
  readonly media: ChatMedia;
  readonly modelState: ModelStateSource;
  readonly now?: () => number;
}

const SEEDS = 2 ** 32;

/** Answers conversations about pictures in OpenAI's terms. */
export class ChatCompletions {
  constructor(private readonly options: ChatCompletionsOptions) {}

  /**
   * Reads a request and its pictures, waiting for the model to be open.
   * @throws RequestError for what cannot be answered; the events error as the model does
   */
  async begin(body: ChatBody, terms: MediaTerms): Promise<ChatCompletion> {
    const { tools, media, now = Date.now } = this.options;
    expectSupported(body);
    const { text, media: parts } = readConversation(body.messages);
    await tools.opened();
    const head = {
      id: `chatcmpl-${randomUUID()}`,
      created: Math.floor(now() / 1000),
      ...this.#model(body.model),
    };
    const frames = await media.frames(parts, terms);
    const prompt = body.raw_prompt === true ? text : chatPrompt(text);
    const seed = body.seed ?? randomInt(SEEDS);
    const choices = Array.from({ length: body.n ?? 1 }, (_, choice) => {
      const request = { frames, prompt, options: generationTerms(body, choice, seed) };
      return pullMap(
        (stop) => tools.complete(request, stop),
        (event) => from([event]),
      ).pipe(map((event) => ({ choice, event })));
    });
    return { head, events: merge(...choices) };
  }

  #model(asked: string): { model: string; fingerprint: string } {
    const state = this.options.modelState();
    const served = 'model' in state ? state.model : null;
    if (served?.name === asked) return { model: asked, fingerprint: `${served.name}-${served.precision}` };
    throw new RequestError(
      'model_not_found',
      `there is no model ${JSON.stringify(asked)}: this server has ${JSON.stringify(served?.name ?? null)}, see GET /v1/models`,
    );
  }
}
