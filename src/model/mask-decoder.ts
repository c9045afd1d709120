import { dirname } from 'node:path';
import { type MaskDecoderGraph, maskDecoderGraph } from '../graph/mask-decoder-graph.js';
import { readMaskDecoder } from '../graph/read-mask-decoder.js';
import { Session } from '../runtime/session.js';
import { RequestError, throwIfCancelled } from '../shared/errors.js';
import { tensor } from '../shared/tensor.js';
import { checkMaskCodes } from '../tasks/check-mask-codes.js';
import { type DecodedMasks, MASK_AXES } from '../tasks/decoded-masks.js';
import { MASK_SIDE } from '../tasks/mask-side.js';

const CODES = 16;

/** Masks that are decoded in one run: bounds what the widest layer holds to 4 MB. */
const MASKS_A_RUN = 16;

interface Opened {
  readonly session: Session;
  readonly ports: MaskDecoderGraph['ports'];
}

/** The decoder of mask codes. It is loaded when it is first needed: most questions need no masks. */
export class MaskDecoder {
  readonly #file: string | null;
  readonly #threads: number;
  #opening: Promise<Opened> | null = null;

  /** @param file an npz file; null for a model without masks */
  constructor(file: string | null, threads: number) {
    this.#file = file;
    this.#threads = threads;
  }

  /** @throws RequestError `no_mask_decoder`, `bad_detection`; CheckpointError for a damaged file; CancelledError */
  async decode(codes: readonly (readonly number[])[], signal: AbortSignal): Promise<DecodedMasks> {
    codes.forEach(checkMaskCodes);
    const { session, ports } = await this.#opened();
    const pixels = MASK_SIDE * MASK_SIDE;
    const masks = new Float32Array(codes.length * pixels);
    for (let first = 0; first < codes.length; first += MASKS_A_RUN) {
      throwIfCancelled(signal);
      const run = codes.slice(first, first + MASKS_A_RUN);
      const feed = { data: BigInt64Array.from(run.flat(), BigInt), dims: [run.length, CODES] };
      const view = masks.subarray(first * pixels, (first + run.length) * pixels);
      const target = { data: view, dims: [run.length, MASK_SIDE, MASK_SIDE] };
      await session.run({ [ports.codes]: feed }, { [ports.masks]: target });
    }
    return tensor(MASK_AXES, [codes.length, MASK_SIDE, MASK_SIDE], masks);
  }

  async dispose(): Promise<void> {
    const opened = await this.#opening?.catch(() => null); // its failure has been told to who asked
    await opened?.session.dispose();
  }

  async #opened(): Promise<Opened> {
    if (this.#file === null) {
      throw new RequestError(
        'no_mask_decoder',
        `the model has no mask decoder: put mask-decoder.npz or Google's vae-oid.npz into its folder`,
      );
    }
    this.#opening ??= open(this.#file, this.#threads);
    try {
      return await this.#opening;
    } catch (error) {
      this.#opening = null; // the file may be mended and asked again
      throw error;
    }
  }
}

async function open(file: string, threads: number): Promise<Opened> {
  const { model, ports } = maskDecoderGraph(await readMaskDecoder(file));
  const options = { name: 'the mask decoder', model, weightsFolder: dirname(file), threads };
  return { session: await Session.open(options), ports };
}
