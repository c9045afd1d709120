import type { ModelRequest } from './model.js';
import type { QueueItem } from './request-queue.js';

/** Of PaliGemma at 224 pixels: what a frame is counted as while the model is being opened. */
const TOKENS_PER_FRAME = 256;

/** What a request means to the queue. A prompt has at most about as many tokens as letters. */
export function queueItem(request: ModelRequest, tokensPerFrame = TOKENS_PER_FRAME): QueueItem {
  const { frames, prompt, options, priority = 'routine', stream = '', deadline = null } = request;
  const sequences = options.sampling.kind === 'beam' ? options.sampling.beams : 1;
  const tokens = frames.length * tokensPerFrame + prompt.length + options.maxNewTokens;
  return {
    priority,
    stream,
    deadlineMs: deadline,
    sequences,
    tokens: sequences * tokens,
    bytes: frames.reduce((sum, { pixels }) => sum + pixels.data.byteLength, 0),
  };
}

/** Masks are decoded beside everything else: they take a moment, and somebody waits for them. */
export const MASKS_ITEM: QueueItem = {
  priority: 'question',
  stream: '',
  deadlineMs: null,
  sequences: 0,
  tokens: 0,
  bytes: 0,
};
