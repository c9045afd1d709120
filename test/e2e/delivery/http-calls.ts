import { vi } from 'vitest';

export interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
  /** The body, if it is JSON. */
  readonly body: Record<string, unknown>;
}

export async function call(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const type = response.headers.get('content-type');
  const isJson = type?.startsWith('application/json') === true && text !== '';
  return {
    status: response.status,
    type,
    text,
    body: (isJson ? JSON.parse(text) : {}) as Record<string, unknown>,
  };
}

export function post(url: string, body: unknown): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  return call(url, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
}

/** Uploads a script as a video. */
export function upload(url: string, script: unknown, plan?: unknown, name = 'farm.mp4'): Promise<Answer> {
  const form = new FormData();
  if (plan !== undefined) form.set('plan', typeof plan === 'string' ? plan : JSON.stringify(plan));
  form.set('file', new Blob([typeof script === 'string' ? script : JSON.stringify(script)]), name);
  return call(`${url}/v1/videos`, { method: 'POST', body: form });
}

/** Waits until a job is in one of the states, and gives it. */
export async function untilJob(
  url: string,
  id: string,
  ...states: string[]
): Promise<Record<string, unknown>> {
  return vi.waitFor(
    async () => {
      const { body } = await call(`${url}/v1/jobs/${id}`);
      if (!states.includes(String(body['state']))) throw new Error(`the job is ${String(body['state'])}`);
      return body;
    },
    { timeout: 20_000, interval: 20 },
  );
}

export function idOf(answer: Answer, field = 'id'): string {
  return String(answer.body[field]);
}

export function jobOf(answer: Answer): string {
  return (answer.body['job'] as { id: string }).id;
}
