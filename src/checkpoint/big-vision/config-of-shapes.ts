import { CheckpointError } from '../../shared/errors.js';
import type { NpzPlace } from '../read-npz-places.js';

/** Hugging Face's table has 64 rows more than big_vision's: `<image>` and padding. */
const PADDING_ROWS = 64;

/** Gemma 2 27B scales its queries by hidden size over heads, all others by the size of a head. */
const GEMMA_2_27B = { hidden: 4608, heads: 32 };

/**
 * The config.json of a big_vision release, which has none, told from the shapes of its arrays.
 * @param arrays by name, without `params/`
 * @throws CheckpointError `checkpoint_tensor_missing`, `checkpoint_tensor_shape`
 */
export function configOfShapes(arrays: ReadonlyMap<string, NpzPlace>, file: string): object {
  const shapeOf = (key: string, axes: number): number[] => {
    const shape = arrays.get(key)?.shape;
    if (shape?.length === axes) return [...shape];
    const found = shape === undefined ? 'no array' : `an array of shape [${shape.join(', ')}] as`;
    throw new CheckpointError(
      shape === undefined ? 'checkpoint_tensor_missing' : 'checkpoint_tensor_shape',
      `${file} has ${found} ${key} with ${axes} axes; it is no PaliGemma checkpoint of big_vision`,
    );
  };
  const [patchSize = 0, , , visionWidth = 0] = shapeOf('img/embedding/kernel', 4);
  const [, patches = 0] = shapeOf('img/pos_embedding', 3);
  const [visionLayers, , visionHeads] = shapeOf(
    'img/Transformer/encoderblock/MultiHeadDotProductAttention_0/query/kernel',
    4,
  );
  const [, , visionInner] = shapeOf('img/Transformer/encoderblock/MlpBlock_0/Dense_0/kernel', 3);
  const [rows = 0, width = 0] = shapeOf('llm/embedder/input_embedding', 2);
  const [layers, heads = 1, , headDim = 1] = shapeOf('llm/layers/attn/q_einsum/w', 4);
  const [, , keyValueHeads] = shapeOf('llm/layers/attn/kv_einsum/w', 5);
  const [, inner] = shapeOf('llm/layers/mlp/linear', 3);
  const isSecond = arrays.has('llm/layers/post_ffw_norm/scale');
  const is27B = width === GEMMA_2_27B.hidden && heads === GEMMA_2_27B.heads;
  return {
    model_type: 'paligemma',
    image_token_index: rows,
    projection_dim: width,
    vision_config: {
      hidden_size: visionWidth,
      intermediate_size: visionInner,
      num_hidden_layers: visionLayers,
      num_attention_heads: visionHeads,
      image_size: Math.round(Math.sqrt(patches)) * patchSize,
      patch_size: patchSize,
    },
    text_config: {
      model_type: isSecond ? 'gemma2' : 'gemma',
      vocab_size: rows + PADDING_ROWS,
      hidden_size: width,
      intermediate_size: inner,
      num_hidden_layers: layers,
      num_attention_heads: heads,
      num_key_value_heads: keyValueHeads,
      head_dim: headDim,
      ...(isSecond ? { query_pre_attn_scalar: is27B ? width / heads : headDim } : {}),
    },
  };
}
