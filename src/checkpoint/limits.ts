/** The most this project reads of foreign bytes, each with its reason. */

/** config.json, preprocessor_config.json: real ones are 1 to 5 kB. */
export const MAX_CONFIG_BYTES = 1 << 20;

/** Shard index: PaliGemma 2 28B names about 1,000 tensors in 0.1 MB. */
export const MAX_INDEX_BYTES = 8 << 20;

/** tokenizer.json: Gemma's 256,000 pieces and 580,000 merges take 17 MB compact, 34 MB indented. */
export const MAX_TOKENIZER_BYTES = 128 << 20;

/** A safetensors header: the format itself allows 100 MB; one tensor takes about 150 bytes, so 8 MB is 50,000. */
export const MAX_HEADER_BYTES = 8 << 20;

/** Brackets within brackets: config.json needs 3, a safetensors header 3. */
export const MAX_JSON_DEPTH = 32;

/** Dimensions of one tensor: a convolution's weight has 4. */
export const MAX_DIMENSIONS = 8;

/** Shards of one checkpoint: PaliGemma 2 28B has 12. */
export const MAX_SHARDS = 256;

/** Length of a tensor's or a shard's name: the longest real one has 70 characters. */
export const MAX_NAME_LENGTH = 512;

/** Width of any layer: PaliGemma 2 28B's widest is 36,864. */
export const MAX_WIDTH = 1 << 18;

/** Layers of either tower: PaliGemma 2 28B has 46. */
export const MAX_LAYERS = 512;

/** Rows of the embedding table: PaliGemma has 257,216. */
export const MAX_VOCABULARY = 1 << 21;

/** Side of the square picture, pixels: the largest release has 896. */
export const MAX_IMAGE_SIZE = 8192;

/** Characters of one prompt: far above what a context of 8,192 tokens holds. */
export const MAX_PROMPT_CHARACTERS = 1 << 16;
