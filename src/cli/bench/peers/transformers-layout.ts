import type { Checkpoint } from '../../../checkpoint/checkpoint.js';
import type { ConvertedLayout, StoredWeight } from '../../../graph/converted-layout.js';
import { EMBEDDINGS, HEAD, type StoredFormat } from '../../../graph/stored-format.js';
import { storedParts } from '../../../graph/stored-parts.js';

/** The graphs of transformers.js, by the names of their files. */
export const TRANSFORMERS_GRAPHS = ['vision_encoder', 'embed_tokens', 'decoder_model_merged'] as const;
export type TransformersGraph = (typeof TRANSFORMERS_GRAPHS)[number];

/** Number types of its decoder; the others stay in float32, as published checkpoints have them. */
export type TransformersType = 'fp32' | 'q4';

/** What a file's name ends with for a type. */
export const TYPE_SUFFIX: Readonly<Record<TransformersType, string>> = { fp32: '', q4: '_q4' };

const ALIGNMENT = 64;
const DECODER = /^(?:language_model\.(?!embed_tokens)|lm_head\.)/;
const DECODER_LINEAR = /_proj\.weight$|^lm_head\.weight$/;

/** The weights of one graph and where they go in the file beside it. */
export function transformersLayout(
  checkpoint: Checkpoint,
  graph: TransformersGraph,
  type: TransformersType,
): ConvertedLayout {
  const stem = `${graph}${graph === 'decoder_model_merged' ? TYPE_SUFFIX[type] : ''}.onnx`;
  let end = 0;
  const weights = tensorsOf(checkpoint, graph).map(({ name, tensor }): StoredWeight => {
    const isQuantized = type === 'q4' && graph === 'decoder_model_merged' && DECODER_LINEAR.test(name);
    const format: StoredFormat = isQuantized ? 'blocks4' : 'float';
    const parts = storedParts(format, tensor.shape).map((part) => {
      const byteOffset = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
      end = byteOffset + part.byteLength;
      return { ...part, byteOffset };
    });
    return { name, tensor, shape: tensor.shape, format, parts };
  });
  return { stem, fileName: `${stem}_data`, byteLength: end, weights };
}

function tensorsOf(
  { tensors }: Checkpoint,
  graph: TransformersGraph,
): readonly Pick<StoredWeight, 'name' | 'tensor'>[] {
  const all = [...tensors.values()].map((tensor) => ({ name: tensor.name, tensor }));
  switch (graph) {
    case 'vision_encoder':
      return all.filter(({ name }) => /^(?:vision_tower|multi_modal_projector)\./.test(name));
    case 'embed_tokens':
      return all.filter(({ name }) => name === EMBEDDINGS);
    case 'decoder_model_merged': {
      const own = all.filter(({ name }) => DECODER.test(name));
      const tied = tensors.get(EMBEDDINGS);
      return tensors.has(HEAD) || tied === undefined ? own : [...own, { name: HEAD, tensor: tied }];
    }
  }
}
