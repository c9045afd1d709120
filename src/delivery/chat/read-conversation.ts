import { RequestError } from '../../shared/errors.js';
import type { ChatMessage, ContentPart } from './chat-body.js';

export type MediaPart = Exclude<ContentPart, { type: 'text' }>;

/** What a conversation comes to for a model that answers once. */
export interface Conversation {
  readonly text: string;
  /** Pictures and videos in the order they were given. */
  readonly media: readonly MediaPart[];
}

/**
 * Reads the one question out of a conversation. PaliGemma was trained on one prompt and its answer: there is no place
 * for earlier turns, and instructions before the prompt change the answer in ways nobody wants.
 * @throws RequestError `one_round_only`, `system_message_unsupported`, `no_prompt`, `no_frames`
 */
export function readConversation(messages: readonly ChatMessage[]): Conversation {
  const turns = messages.filter((message) => !isEmptySystem(message));
  for (const { role } of turns) {
    if (role !== 'system' && role !== 'developer') continue;
    throw new RequestError(
      'system_message_unsupported',
      `a ${role} message was sent, and PaliGemma takes none: leave it out, and put the task into the user message`,
    );
  }
  const [turn] = turns;
  if (turns.length > 1 || turn?.role !== 'user') {
    throw new RequestError(
      'one_round_only',
      `the conversation has ${turns.length} messages, and PaliGemma answers one user message: send the newest alone, with its pictures`,
    );
  }
  const { content } = turn;
  const parts: readonly ContentPart[] =
    typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []);
  const media = parts.filter((part) => part.type !== 'text');
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text.trim()] : []));
  const text = texts.filter((one) => one !== '').join(' ');
  if (text === '') {
    throw new RequestError(
      'no_prompt',
      'the message has no text: write what you want to know of its pictures',
    );
  }
  if (media.length === 0) {
    throw new RequestError(
      'no_frames',
      'the message has no picture, and PaliGemma answers about pictures: add an image_url or a video_url',
    );
  }
  return { text, media };
}

/** Some clients send one whether or not there is something to say. */
function isEmptySystem({ role, content }: ChatMessage): boolean {
  if (role !== 'system' && role !== 'developer') return false;
  if (typeof content === 'string') return content.trim() === '';
  return (content ?? []).every((part) => part.type === 'text' && part.text.trim() === '');
}
