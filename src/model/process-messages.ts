import type { EngineSettings } from './engine-module.js';
import type { ModelEvent, ModelInfo, ModelRequest } from './model.js';
import type { DecodedMasks } from '../tasks/decoded-masks.js';
import type { CarriedError } from './carried-error.js';
import type { EngineStats } from './model-stats.js';

/** What the parent says to the model process; pixels travel as typed arrays (structured clone). */
export type ToModelProcess =
  | { readonly kind: 'open'; readonly settings: EngineSettings }
  | { readonly kind: 'generate'; readonly id: number; readonly request: ModelRequest }
  | { readonly kind: 'decode-masks'; readonly id: number; readonly codes: readonly (readonly number[])[] }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'close' };

/** What the model process answers. A request ends with a `done` event, with `masks` or with `failed`, exactly once. */
export type FromModelProcess =
  | { readonly kind: 'ready'; readonly info: ModelInfo }
  | { readonly kind: 'warning'; readonly message: string }
  | { readonly kind: 'loading'; readonly done: number; readonly total: number }
  /** Before the end of every request, and while one runs whenever work has been done. */
  | { readonly kind: 'stats'; readonly stats: EngineStats }
  | { readonly kind: 'event'; readonly id: number; readonly event: ModelEvent }
  | { readonly kind: 'masks'; readonly id: number; readonly masks: DecodedMasks }
  /** `id` null: the model could not be opened. */
  | { readonly kind: 'failed'; readonly id: number | null; readonly error: CarriedError };
