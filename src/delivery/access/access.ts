import { RequestError } from '../../shared/errors.js';
import type { Scope, StoredKey } from '../../store/keys/stored-key.js';

/** What whoever sent a request may do. */
export class Access {
  private constructor(
    /** Of the key; null without one. */
    readonly keyId: string | null,
    private readonly scopes: ReadonlySet<Scope>,
    /** Patterns of topics: `*`, `videos/*`, `streams/front-door`. */
    readonly topics: readonly string[],
    private readonly shownAs: string,
  ) {}

  static ofKey({ id, name, scopes, topics }: StoredKey): Access {
    return new Access(id, new Set(scopes), topics, `the key ${JSON.stringify(name)}`);
  }

  /** Whoever reaches a server without keys, which only this machine does. */
  static everything(): Access {
    return new Access(null, new Set(['read', 'ask', 'manage']), ['*'], 'everybody');
  }

  /** The same without changes, and for one topic if that is given: what a ticket lends. */
  lent(topic: string | null): Access {
    const scopes = [...this.scopes].filter((scope) => scope !== 'manage');
    return new Access(this.keyId, new Set(scopes), topic === null ? this.topics : [topic], this.shownAs);
  }

  reaches(topic: string): boolean {
    return this.topics.some((pattern) =>
      pattern.endsWith('*') ? topic.startsWith(pattern.slice(0, -1)) : topic === pattern,
    );
  }

  /** Patterns of the ids it reaches among topics that begin so: `*`, `front-door`. */
  idsOf(prefix: string): readonly string[] {
    if (this.reachesAll(prefix)) return ['*'];
    return this.topics
      .filter((pattern) => pattern.startsWith(prefix))
      .map((pattern) => pattern.slice(prefix.length));
  }

  /** Whether it reaches all topics that begin so, those to come too. */
  reachesAll(prefix: string): boolean {
    return this.topics.some((pattern) => pattern.endsWith('*') && prefix.startsWith(pattern.slice(0, -1)));
  }

  /** @throws RequestError `scope_missing` */
  expectScope(scope: Scope): void {
    if (this.scopes.has(scope)) return;
    throw new RequestError(
      'scope_missing',
      `${this.shownAs} may not do this: it needs the scope "${scope}" (it has ${[...this.scopes].join(', ') || 'none'})`,
    );
  }

  /** @throws RequestError `topic_refused`, whether the topic exists or not */
  expectTopic(topic: string): void {
    if (this.reaches(topic)) return;
    throw new RequestError('topic_refused', `${this.shownAs} does not reach ${JSON.stringify(topic)}`);
  }

  /** @throws RequestError `topic_refused` */
  expectAll(prefix: string): void {
    if (this.reachesAll(prefix)) return;
    throw new RequestError(
      'topic_refused',
      `${this.shownAs} does not reach all of ${JSON.stringify(`${prefix}*`)}, which this needs`,
    );
  }
}
