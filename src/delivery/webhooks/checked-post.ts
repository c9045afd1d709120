import type { RemoteClient } from '../remote/remote-client.js';
import type { RemotePolicy } from '../remote/remote-policy.js';
import type { WebhookPost } from './webhook-post.js';

/** Of an answer nobody reads. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/** Posts to addresses that are checked at every attempt: a name may have changed its meaning since the last. */
export function checkedPost(
  policy: Pick<RemotePolicy, 'check'>,
  client: Pick<RemoteClient, 'request'>,
): WebhookPost {
  return {
    expectAllowed: async (url) => {
      await policy.check(url);
    },
    post: (url, { headers, body, timeoutMs, signal }) =>
      client.request(
        url,
        { method: 'POST', headers, body, timeoutMs, signal, maxBytes: MAX_ANSWER_BYTES, maxRedirects: 0 },
        ({ status, headers: told }) => {
          const after = Number(told['retry-after']);
          return Promise.resolve({
            status,
            retryAfterSeconds: Number.isFinite(after) && after > 0 ? after : null,
          });
        },
      ),
  };
}
