import { EnvironmentError, type PalistreamError, RequestError, RetryableError } from '../../shared/errors.js';

/** What is asked of the Hub, for a message that says what to do. */
export interface HubSubject {
  /** Without a closing `/`. */
  readonly endpoint: string;
  /** `owner/name`. */
  readonly name: string;
  readonly revision: string;
  readonly hasToken: boolean;
}

const FIRST_SERVER_ERROR = 500;

/** What an answer that is no success means, and what to do about it. Source: the Hub's `X-Error-Code`. */
export function hubError(
  status: number,
  headers: Headers,
  { endpoint, name, revision, hasToken }: HubSubject,
): PalistreamError {
  const code = headers.get('x-error-code');
  const page = `${endpoint}/${name}`;
  if (code === 'GatedRepo') {
    return new EnvironmentError(
      'hub_gated',
      hasToken
        ? `the token has no access to ${name}: accept its licence at ${page} with the token's account, and let a fine-grained token read gated repositories`
        : `${name} is gated: accept its licence at ${page}, make a token at ${endpoint}/settings/tokens and set HF_TOKEN to it`,
    );
  }
  if (code === 'RevisionNotFound') {
    return new RequestError(
      'revision_missing',
      `${name} has no revision ${revision}: see ${page}/tree/main for its branches and tags`,
    );
  }
  if (code === 'RepoNotFound' || status === 404) {
    const mayBePrivate = hasToken ? 'or the token may not read it' : 'or is private: set HF_TOKEN for that';
    return new RequestError(
      'repository_missing',
      `${endpoint} has no ${name} (${status}): check the name, ${mayBePrivate}`,
    );
  }
  if (status === 401 || status === 403) {
    return new EnvironmentError(
      'hub_token',
      hasToken
        ? `${endpoint} refuses the token (${status}): make a new one at ${endpoint}/settings/tokens and set HF_TOKEN to it`
        : `${endpoint} wants to know who asks for ${name} (${status}): set HF_TOKEN to a token of ${endpoint}/settings/tokens`,
    );
  }
  if (status === 429 || status >= FIRST_SERVER_ERROR) {
    return new RetryableError('hub_busy', `${endpoint} cannot answer now (${status}): try again later`);
  }
  return new EnvironmentError(
    'hub_answer',
    `${endpoint} answers ${status} for ${name}, which the Hub does not: check HF_ENDPOINT`,
  );
}
