import { openLocalFile } from '../local-file.js';
import { stillKind } from '../still-kind.js';
import type { LivePolicy } from './live-policy.js';
import type { LiveSource } from './live-source.js';
import type { LiveTarget } from './live-target.js';
import { parseLiveUrl } from './parse-live-url.js';

/**
 * Understands an address and asks the policy, before anything is connected to. A file is looked at, and the policy
 * asked again about its real path: a link does not lead out of an allowed folder.
 * @throws RequestError `bad_stream_url`, `stream_url_refused`, those of `openLocalFile`
 */
export async function openTarget(source: LiveSource, policy: LivePolicy): Promise<LiveTarget> {
  const target = parseLiveUrl(source);
  await policy(target.place);
  if (target.place.kind !== 'file') return target;
  const file = await openLocalFile(target.place.path);
  const place = { kind: 'file', path: file.url.slice('file:'.length) } as const;
  await policy(place);
  const head = (await stillKind(file)) === undefined ? file.head : undefined;
  return { ...target, input: file.url, place, head };
}
