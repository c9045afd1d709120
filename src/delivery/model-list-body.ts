import type { ModelState } from './served-model.js';

/** A model in the shape that clients of OpenAI's API read, with what else is known. */
export interface ModelBody {
  readonly id: string;
  readonly object: 'model';
  /** Seconds since 1970 at which this server began to serve it. */
  readonly created: number;
  readonly owned_by: 'palistream';
  readonly ready: boolean;
  readonly family: string;
  readonly precision: string;
  readonly parameters: number;
  readonly image_size: number;
  readonly tokens_per_frame: number;
}

/** The body of `GET /v1/models`. */
export interface ModelListBody {
  readonly object: 'list';
  readonly data: readonly ModelBody[];
}

const CREATED = Math.floor(Date.now() / 1000 - process.uptime());

/** One model once it has been opened, none before. */
export function modelListBody(state: ModelState): ModelListBody {
  if (state.state === 'loading' || state.state === 'failed') return { object: 'list', data: [] };
  const { name, family, precision, parameters, imageSize, tokensPerFrame } = state.model;
  const known = { family, precision, parameters, image_size: imageSize, tokens_per_frame: tokensPerFrame };
  const ready = state.state === 'ready';
  const openAi = { id: name, object: 'model', created: CREATED, owned_by: 'palistream' } as const;
  return { object: 'list', data: [{ ...openAi, ready, ...known }] };
}
