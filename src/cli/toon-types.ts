import type { ModelInfo } from '../model/model.js';
import { RequestError } from '../shared/errors.js';

/** The type of task whose answers a mask decoder must read. */
const MASKS = 'segment';

/**
 * The types of task a model is asked: those that are named; when none is, all it can be asked.
 * @param all types there are
 * @param warn told what is left out
 * @throws RequestError `bad_toon_plan` for a type there is none of; `no_mask_decoder` when masks are named, and the
 * model has no decoder for them
 */
export function toonTypes(
  named: readonly string[],
  all: readonly string[],
  { maskDecoder }: Pick<ModelInfo, 'maskDecoder'>,
  warn: (warning: string) => void,
): readonly string[] {
  const unknown = named.find((type) => !all.includes(type));
  if (unknown !== undefined)
    throw new RequestError(
      'bad_toon_plan',
      `the toon world has no task ${JSON.stringify(unknown)}: take some of ${all.join(', ')}`,
    );
  const types = named.length > 0 ? named : all;
  if (maskDecoder !== null || !types.includes(MASKS)) return types;
  const why = `the task ${MASKS} needs a mask decoder, and the model has none`;
  const mend = "put mask-decoder.npz or Google's vae-oid.npz into its folder";
  if (named.length > 0) throw new RequestError('no_mask_decoder', `${why}: leave it out, or ${mend}`);
  warn(`${why}: it is left out; to have it, ${mend}`);
  return types.filter((type) => type !== MASKS);
}
