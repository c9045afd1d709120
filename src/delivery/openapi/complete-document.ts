import { z } from 'zod';
import { jsonSchema } from '../http/json-schema.js';
import type { RouteExample, RouteExamples } from './route-example.js';

/** An OpenAPI document as far as it is completed here. */
export interface ApiDocument {
  paths: Record<string, Record<string, Operation>>;
}

interface Operation {
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, Content> };
  responses?: Record<string, { description: string; content?: Record<string, Content> }>;
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: object;
  example?: unknown;
}

interface Content {
  schema?: object;
  example?: unknown;
}

const JSON_TYPE = 'application/json';
const errorShape = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const ERROR = {
  description: 'Why it cannot be; docs/errors.md lists the codes.',
  content: {
    [JSON_TYPE]: {
      schema: jsonSchema(errorShape),
      example: { error: { code: 'bad_request', message: 'the request cannot be read: limit: Too big' } },
    },
  },
};

/** Adds to a document of the controllers what they do not say: queries, examples, errors. Changes it. */
export function completeDocument(document: ApiDocument, examples: RouteExamples, idExample: string): void {
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const example = examples[`${method.toUpperCase()} ${path}`] ?? {};
      operation.tags ??= [path.split('/')[1] === 'v1' ? (path.split('/')[2] ?? 'v1') : 'operations'];
      operation.parameters = parametersOf(operation.parameters ?? [], example, idExample);
      for (const content of Object.values(operation.requestBody?.content ?? {})) {
        if (example.body !== undefined) content.example ??= example.body;
      }
      operation.responses = responsesOf(operation.responses ?? {}, example);
    }
  }
}

function parametersOf(
  known: readonly Parameter[],
  { path, query }: RouteExample,
  idExample: string,
): Parameter[] {
  const ofPath = known.map((parameter) =>
    parameter.in === 'path' ? { ...parameter, example: path?.[parameter.name] ?? idExample } : parameter,
  );
  if (query === undefined) return ofPath;
  const told = new Set(ofPath.map(({ name }) => name));
  const ofQuery = Object.entries(query.schema.shape)
    .filter(([name]) => !told.has(name))
    .map(([name, schema]) => parameterOf(name, schema as z.ZodType, query.example[name]));
  return [...ofPath, ...ofQuery];
}

function parameterOf(name: string, schema: z.ZodType, example: unknown): Parameter {
  const written: Record<string, unknown> = { ...z.toJSONSchema(schema, { unrepresentable: 'any' }) };
  delete written['$schema'];
  const required = !schema.safeParse(undefined).success;
  return { name, in: 'query', required, schema: written, ...(example === undefined ? {} : { example }) };
}

function responsesOf(
  known: NonNullable<Operation['responses']>,
  { answer, text, others: shown = {} }: RouteExample,
): NonNullable<Operation['responses']> {
  const status = Object.keys(known).find((code) => code.startsWith('2')) ?? '200';
  const success = known[status] ?? { description: '' };
  const described = { ...success, description: success.description === '' ? 'Done.' : success.description };
  if (text !== undefined) {
    described.content = { [text.type]: { schema: { type: 'string' }, example: text.example } };
  } else if (answer !== undefined) {
    const { schema } = success.content?.[JSON_TYPE] ?? {};
    const shape = answer.shape === undefined ? (schema ?? {}) : jsonSchema(answer.shape);
    described.content = { [JSON_TYPE]: { schema: shape, example: answer.example } };
  }
  const others = Object.fromEntries(
    Object.entries(known).map(([code, other]) => {
      for (const content of Object.values(other.content ?? {})) content.example ??= shown[code];
      return [code, { ...other, description: other.description === '' ? 'Done.' : other.description }];
    }),
  );
  return { ...others, [status]: described, default: known['default'] ?? ERROR };
}
