/** How a reading of a live source ended. */
export interface LiveEnd {
  /** Stable; docs/streams.md lists them. */
  readonly code: string;
  /** For people, without credentials. */
  readonly reason: string;
  /** Trying again cannot help. */
  readonly isFinal: boolean;
  /** ffmpeg did not end by itself: what it read goes on. */
  readonly isCutOff?: boolean;
}

interface Meaning extends Pick<LiveEnd, 'code' | 'isFinal'> {
  readonly says: RegExp;
  readonly reason: string;
}

/** What ffmpeg's last lines mean; the first that fits counts. They hold addresses, in which any number may stand. */
const MEANINGS: readonly Meaning[] = [
  {
    says: /not on whitelist/i,
    code: 'stream_url_refused',
    reason: 'the source refers to something that may not be opened',
    isFinal: true,
  },
  {
    says: /Protocol not found|Unknown input format|Option \S+ not found|Unrecognized option/i,
    code: 'stream_not_supported',
    reason: 'this ffmpeg was built without what the source needs: install a full build',
    isFinal: true,
  },
  {
    says: /(?:failed: |error |returned )40[13]\b|authorization failed|Unauthorized|Forbidden/i,
    code: 'stream_unauthorized',
    reason: 'the source refuses the credentials, or asks for some',
    isFinal: false,
  },
  {
    says: /(?:failed: |error |returned )404\b|Not Found/i,
    code: 'stream_not_found',
    reason: 'the source has no such stream',
    isFinal: false,
  },
  {
    says: /Connection refused/i,
    code: 'stream_unreachable',
    reason: 'nothing answers at that address and port',
    isFinal: false,
  },
  {
    says: /No route to host|Network is unreachable|timed out|resolve|Name or service not known/i,
    code: 'stream_unreachable',
    reason: 'the host cannot be reached',
    isFinal: false,
  },
];

/**
 * What the end of an ffmpeg means. After pictures nothing it said is final: it passes over what it may not open, and
 * the lines of that remain.
 *
 * @param hadFrames whether it gave any
 * @param said its last lines, without credentials
 */
export function liveEnd(hadFrames: boolean, said: string): LiveEnd {
  if (hadFrames) {
    return { code: 'stream_lost', reason: 'the source stopped sending', isFinal: false };
  }
  const meaning = MEANINGS.find(({ says }) => says.test(said));
  const quote = said.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
  if (meaning !== undefined) {
    return { code: meaning.code, reason: `${meaning.reason} (${quote})`, isFinal: meaning.isFinal };
  }
  return {
    code: 'stream_unreadable',
    reason: `no picture could be read from the source (${quote})`,
    isFinal: false,
  };
}
