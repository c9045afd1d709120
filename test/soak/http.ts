/** What a server answers to a request with JSON. @throws for another status than 2xx */
export async function askServer(
  url: string,
  body?: unknown,
  method = body === undefined ? 'GET' : 'POST',
): Promise<Record<string, unknown>> {
  const init: RequestInit =
    body instanceof FormData
      ? { method, body }
      : body === undefined
        ? { method }
        : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text.slice(0, 300)}`);
  return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
}

/** Watches a source. @returns the stream's topic */
export async function watchSource(
  url: string,
  source: string,
  plan: object,
  more: object = {},
): Promise<string> {
  const stream = await askServer(`${url}/v1/streams`, { name: 'camera', url: source, plan, ...more });
  return String(stream['topic']);
}
