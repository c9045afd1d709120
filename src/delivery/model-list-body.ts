import type { ModelState } from './served-model.js';

/** The body of `GET /v1/models`, in the shape that clients of OpenAI's API read, with what else is known. */
export interface ModelListBody {
  readonly object: 'list';
  readonly data: readonly {
    readonly id: string;
    readonly object: 'model';
    readonly owned_by: 'palistream';
    readonly ready: boolean;
    readonly family: string;
    readonly precision: string;
    readonly parameters: number;
    readonly image_size: number;
    readonly tokens_per_frame: number;
  }[];
}

/** One model once it has been opened, none before. */
export function modelListBody(state: ModelState): ModelListBody {
  if (state.state === 'loading' || state.state === 'failed') return { object: 'list', data: [] };
  const { name, family, precision, parameters, imageSize, tokensPerFrame } = state.model;
  const known = { family, precision, parameters, image_size: imageSize, tokens_per_frame: tokensPerFrame };
  const ready = state.state === 'ready';
  return { object: 'list', data: [{ id: name, object: 'model', owned_by: 'palistream', ready, ...known }] };
}
