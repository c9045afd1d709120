import { RequestError } from '../../shared/errors.js';
import { parseRequest } from '../http/parse-request.js';
import { DEFAULT_PLAN, type VideoPlan, videoPlan } from './video-plan.js';

/**
 * The plan of an upload, a field with JSON; the default one when it is left out.
 * @throws RequestError `bad_request`
 */
export function parsePlan(field: unknown): VideoPlan {
  if (field === undefined || field === null || field === '') return DEFAULT_PLAN;
  return parseRequest(videoPlan, typeof field === 'string' ? parsedJson(field) : field);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RequestError('bad_request', 'the plan is no JSON: write {"tasks":[{"task":"captions"}]}', {
      cause: error,
    });
  }
}
