/** The vision tower's sizes, every default that Hugging Face leaves out supplied. */
export interface VisionConfig {
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly imageSize: number;
  readonly patchSize: number;
  readonly channels: number;
  readonly layerNormEpsilon: number;
}

/** The decoder's sizes, every default that Hugging Face leaves out supplied. */
export interface TextConfig {
  readonly family: 'gemma' | 'gemma2';
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headDim: number;
  readonly rmsNormEpsilon: number;
  readonly ropeTheta: number;
  /** The softmax scale: head_dim^-0.5, or query_pre_attn_scalar^-0.5 for Gemma 2. */
  readonly queryScale: number;
  /** Gemma 2's attention softcap, null for none. */
  readonly attentionSoftcap: number | null;
  readonly maxPositions: number;
}

/** config.json of a PaliGemma checkpoint. */
export interface PaliGemmaConfig {
  readonly vision: VisionConfig;
  readonly text: TextConfig;
  readonly projectionDim: number;
  /** Tokens of one picture: floor(imageSize / patchSize)^2. */
  readonly imageTokens: number;
  /** The id that stands for an image slot; it and every id after it can never be generated. */
  readonly imageTokenId: number;
  readonly bosTokenId: number;
  readonly eosTokenId: number;
  readonly padTokenId: number;
}
