import { RequestError } from '../../shared/errors.js';

export function chatTooLarge(maxBytes: number): RequestError {
  return new RequestError(
    'chat_too_large',
    `the request, or what its addresses bring, is larger than ${maxBytes} bytes: send smaller pictures, upload the video and give palistream://videos/ID, or raise PALISTREAM_CHAT_MB`,
  );
}
