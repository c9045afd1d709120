import type { CompletionEvent, CompletionToken } from '../../pipeline/completion/completion.js';
import type { ChoiceEvent, CompletionHead } from './chat-completions.js';
import { logprobsBody } from './logprobs-body.js';
import { usageBody } from './usage-body.js';

/** A whole answer as `chat.completion`. */
export function completionBody(
  head: CompletionHead,
  events: readonly ChoiceEvent[],
  areLogprobsWanted: boolean,
): object {
  const count = Math.max(0, ...events.map(({ choice }) => choice + 1));
  const choices = Array.from({ length: count }, (_, index) => {
    const own = events.filter(({ choice }) => choice === index).map(({ event }) => event);
    const tokens: CompletionToken[] = own.flatMap((event) => event.tokens);
    return {
      index,
      message: { role: 'assistant', content: own.map(textOf).join(''), refusal: null },
      logprobs: logprobsBody(tokens, areLogprobsWanted),
      finish_reason: own.find((event) => event.kind === 'end')?.finish ?? 'stop',
    };
  });
  const ends = events.map(({ event }) => event).filter((event) => event.kind === 'end');
  return {
    id: head.id,
    object: 'chat.completion',
    created: head.created,
    model: head.model,
    choices,
    usage: usageBody(ends),
    system_fingerprint: head.fingerprint,
  };
}

function textOf(event: CompletionEvent): string {
  return event.kind === 'text' ? event.text : '';
}
