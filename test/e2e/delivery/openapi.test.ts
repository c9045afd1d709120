import { validate as validateDocument } from '@apidevtools/swagger-parser';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, idOf, jobOf, post, untilJob, upload } from './http-calls.js';
import { scriptedServer } from './scripted-server.js';

interface Content {
  readonly schema?: object;
  readonly example?: unknown;
}
interface Operation {
  readonly summary?: string;
  readonly tags?: string[];
  readonly operationId?: string;
  readonly parameters?: { name: string; in: string; schema?: object; example?: unknown }[];
  readonly requestBody?: { readonly content: Record<string, Content> };
  readonly responses: Record<
    string,
    { readonly description: string; readonly content?: Record<string, Content> }
  >;
}
interface Route {
  readonly name: string;
  readonly operation: Operation;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);

let document: { readonly paths: Record<string, Record<string, Operation>> };
let routes: readonly Route[];

/** What is wrong with a value; empty when nothing is. */
function problems(schema: object, value: unknown): string[] {
  const fits = ajv.compile(schema);
  if (fits(value)) return [];
  return (fits.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

/** Every body and answer of a route, by what it is. */
function contentsOf({ requestBody, responses }: Operation): [string, Content][] {
  const bodies = Object.entries(requestBody?.content ?? {}).map(([type, content]): [string, Content] => [
    `body ${type}`,
    content,
  ]);
  const answers = Object.entries(responses).flatMap(([status, { content = {} }]) =>
    Object.entries(content).map(([type, one]): [string, Content] => [`${status} ${type}`, one]),
  );
  return [...bodies, ...answers];
}

async function openApi(url: string): Promise<typeof document> {
  return (await call(`${url}/openapi.json`)).body as unknown as typeof document;
}

describe('/openapi.json', () => {
  beforeAll(async () => {
    document = await openApi((await scriptedServer()).url);
    routes = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        operation,
      })),
    );
  });

  it('is a valid document of OpenAPI 3.1', async () => {
    expect(document).toMatchObject({ openapi: '3.1.0' });
    await expect(validateDocument(structuredClone(document) as never)).resolves.toBeDefined();
  });

  it('says of every route what it does, and how it fails', () => {
    expect(routes.length).toBeGreaterThan(25);
    for (const { name, operation } of routes) {
      expect([name, operation.summary]).toEqual([name, expect.stringMatching(/\w.*\.$/)]);
      expect([name, operation.tags?.length]).toEqual([name, 1]);
      expect([name, Object.keys(operation.responses)]).toEqual([name, expect.arrayContaining(['default'])]);
    }
  });

  it('asks of a video that is fetched for its address, of one that is sent for its bytes', () => {
    const content = document.paths['/v1/videos']?.['post']?.requestBody?.content;
    expect(content?.['application/json']?.schema).toMatchObject({ required: ['url'] });
    expect(content?.['multipart/form-data']?.schema).toMatchObject({ required: ['file'] });
  });

  it('shows an example of every parameter, body and answer', () => {
    const without = routes.flatMap(({ name, operation }) => [
      ...(operation.parameters ?? [])
        .filter(({ schema, example }) => example === undefined && !('default' in (schema ?? {})))
        .filter((parameter) => parameter.in === 'path')
        .map((parameter) => `${name} ${parameter.name}`),
      ...contentsOf(operation)
        .filter(([, { example }]) => example === undefined)
        .map(([what]) => `${name} ${what}`),
      ...(hasAnswer(operation) ? [] : [`${name} answer`]),
    ]);
    expect(without).toEqual([]);
  });

  it('shows examples that fit what it says of them', () => {
    const wrong = routes.flatMap(({ name, operation }) => [
      ...(operation.parameters ?? [])
        .filter(({ example }) => example !== undefined)
        .flatMap((parameter) =>
          problems(parameter.schema ?? {}, parameter.example).map(
            (text) => `${name} ${parameter.name}: ${text}`,
          ),
        ),
      ...contentsOf(operation).flatMap(([what, { schema, example }]) =>
        schema === undefined
          ? [`${name} ${what}: no schema`]
          : problems(schema, example).map((text) => `${name} ${what}: ${text}`),
      ),
    ]);
    expect(wrong).toEqual([]);
  });
});

/** Whether a success has a content; those of files and of nothing have none. */
function hasAnswer(operation: Operation): boolean {
  const success = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
  return success.some(
    ([status, { description, content }]) =>
      content !== undefined ||
      status === '204' ||
      /file|part|gone|begun|video|Upload|Done/i.test(description),
  );
}

describe('a server', () => {
  it('answers as it says it does', async () => {
    const server = await scriptedServer();
    const described = await openApi(server.url);
    const sent = await upload(server.url, { clips: 2, seconds: 4 });
    await untilJob(server.url, jobOf(sent), 'done');
    const id = idOf(sent);
    const stream = await post(`${server.url}/v1/streams`, { name: 'gate', url: 'rtsp://cam.example/1' });
    const answers: [string, string, Awaited<ReturnType<typeof call>>][] = [
      ['/v1/videos', 'post', sent],
      ['/v1/videos', 'get', await call(`${server.url}/v1/videos`)],
      ['/v1/videos/{id}', 'get', await call(`${server.url}/v1/videos/${id}`)],
      ['/v1/videos/{id}/ask', 'post', await post(`${server.url}/v1/videos/${id}/ask`, { question: 'who?' })],
      [
        '/v1/videos/{id}/results',
        'get',
        await call(`${server.url}/v1/videos/${id}/results?job=${jobOf(sent)}`),
      ],
      ['/v1/jobs/{id}', 'get', await call(`${server.url}/v1/jobs/${jobOf(sent)}`)],
      ['/v1/streams', 'post', stream],
      ['/v1/streams', 'get', await call(`${server.url}/v1/streams`)],
      ['/v1/streams/{id}/stop', 'post', await post(`${server.url}/v1/streams/${idOf(stream)}/stop`, {})],
      ['/v1/search', 'get', await call(`${server.url}/v1/search?q=cow`)],
      ['/v1/samples', 'get', await call(`${server.url}/v1/samples`)],
      ['/v1/models', 'get', await call(`${server.url}/v1/models`)],
      ['/v1/status', 'get', await call(`${server.url}/v1/status`)],
      ['/health/live', 'get', await call(`${server.url}/health/live`)],
      ['/health/ready', 'get', await call(`${server.url}/health/ready`)],
    ];
    for (const [path, method, { status, body }] of answers) {
      const schema =
        described.paths[path]?.[method]?.responses[String(status)]?.content?.['application/json']?.schema;
      expect([path, method, status, typeof schema]).toEqual([path, method, status, 'object']);
      expect([path, method, problems(schema ?? {}, body)]).toEqual([path, method, []]);
    }
    const refused = await call(`${server.url}/v1/videos?limit=1000`);
    const errors =
      described.paths['/v1/videos']?.['get']?.responses['default']?.content?.['application/json'];
    expect(problems(errors?.schema ?? {}, refused.body)).toEqual([]);
    expect(refused.status).toBe(400);
  });
});
