import type { Model } from '../../model/model.js';
import { CertainTokens } from './certain-tokens.js';
import type { CompletionEvent, CompletionRequest } from './completion.js';

/**
 * Has the model answer a prompt at once, ahead of routine captions. Leaving early takes the request back.
 * @throws as `Model.generate`
 */
export async function* complete(
  model: Model,
  request: CompletionRequest,
  signal?: AbortSignal,
): AsyncGenerator<CompletionEvent, void, undefined> {
  const tokens = new CertainTokens();
  for await (const event of model.generate({ ...request, priority: 'question' }, signal)) {
    if (event.kind === 'step') {
      const certain = tokens.take(event.step);
      if (event.step.text !== '' || certain.length > 0) {
        yield { kind: 'text', text: event.step.text, tokens: certain };
      }
      continue;
    }
    const { stopped, promptIds, imageTokens, steps } = event.generation;
    yield {
      kind: 'end',
      finish: stopped === 'limit' ? 'length' : 'stop',
      tokens: stopped === 'text' ? [] : tokens.rest(),
      promptTokens: promptIds.length,
      imageTokens,
      writtenTokens: steps.length,
    };
  }
}
