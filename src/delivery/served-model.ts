/** What is told of the model over HTTP; the composition root fills it in from the model process. */
export interface ServedModel {
  readonly name: string;
  readonly family: string;
  readonly precision: string;
  readonly parameters: number;
  readonly imageSize: number;
  readonly tokensPerFrame: number;
}

/** `loading` until the model process has answered; `failed` when it could not be opened; `restarting` after its death. */
export type ModelState =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly model: ServedModel }
  | { readonly state: 'restarting'; readonly model: ServedModel }
  | { readonly state: 'failed'; readonly code: string; readonly message: string };

/** Asked at every request: the state changes under it. */
export type ModelStateSource = () => ModelState;

/** Nest's token for `ModelStateSource`. */
export const MODEL_STATE = Symbol('MODEL_STATE');
