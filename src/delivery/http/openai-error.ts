import { errorAnswer } from './error-body.js';

/** An error in the form that clients of OpenAI's API read; `code` and `message` are those of every route. */
export interface OpenAiErrorAnswer {
  readonly status: number;
  readonly body: {
    readonly error: {
      readonly message: string;
      readonly type: string;
      readonly param: null;
      readonly code: string;
    };
  };
}

/** Routes of OpenAI's API. */
const ROUTES = /^\/v1\/(?:chat|models)(?:[/?]|$)/;

/** Whether whoever calls a path reads errors as OpenAI words them. */
export function readsOpenAi(path: string): boolean {
  return ROUTES.test(path);
}

/** @param told - the answer, where it is no error of the project */
export function openAiError(thrown: unknown, told = errorAnswer(thrown)): OpenAiErrorAnswer {
  const { status } = told;
  const { code, message } = told.body.error;
  return { status, body: { error: { message, type: typeOf(status), param: null, code } } };
}

function typeOf(status: number): string {
  if (status === 429) return 'rate_limit_error';
  return status < 500 ? 'invalid_request_error' : 'server_error';
}
