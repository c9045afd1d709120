export interface PostRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For everything. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface PostAnswer {
  readonly status: number;
  /** `Retry-After`, if it names seconds. */
  readonly retryAfterSeconds: number | null;
}

/** How deliveries leave; the composition root binds it to the client that checks every address. */
export interface WebhookPost {
  /** @throws RequestError for an address that may not be reached */
  expectAllowed(url: string): Promise<void>;
  /** Sends without following redirects; rejects when there is no answer. */
  post(url: string, request: PostRequest): Promise<PostAnswer>;
}
