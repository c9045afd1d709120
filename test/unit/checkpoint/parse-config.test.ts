import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/checkpoint/parse-config.js';

const parse = (json: object): ReturnType<typeof parseConfig> => parseConfig(json, 'config.json');

/** As published: only what differs from Hugging Face's defaults. */
const PALIGEMMA_448 = {
  model_type: 'paligemma',
  bos_token_id: 2,
  eos_token_id: 1,
  pad_token_id: 0,
  hidden_size: 2048,
  ignore_index: -100,
  image_token_index: 257152,
  projection_dim: 2048,
  text_config: {
    hidden_size: 2048,
    intermediate_size: 16384,
    model_type: 'gemma',
    num_attention_heads: 8,
    num_hidden_layers: 18,
    num_image_tokens: 1024,
    num_key_value_heads: 1,
    vocab_size: 257216,
  },
  vision_config: {
    hidden_size: 1152,
    image_size: 448,
    intermediate_size: 4304,
    model_type: 'siglip_vision_model',
    num_attention_heads: 16,
    num_hidden_layers: 27,
    num_image_tokens: 1024,
    patch_size: 14,
    projection_dim: 2048,
    projector_hidden_act: 'gelu_fast',
    vision_use_head: false,
  },
};

const with2 = (text: object): object => ({
  model_type: 'paligemma',
  projection_dim: 2304,
  text_config: { model_type: 'gemma2', ...text },
});

describe('parseConfig', () => {
  it('counts whole patches only, as the convolution does', () => {
    const vision_config = { ...PALIGEMMA_448.vision_config, image_size: 450 };
    expect(parse({ ...PALIGEMMA_448, vision_config }).config.imageTokens).toBe(1024);
  });

  it('supplies the defaults a published PaliGemma config leaves out', () => {
    const { config, tiedHead } = parse(PALIGEMMA_448);
    expect(tiedHead).toBe(true);
    expect(config).toEqual({
      vision: {
        hiddenSize: 1152,
        intermediateSize: 4304,
        layers: 27,
        heads: 16,
        imageSize: 448,
        patchSize: 14,
        channels: 3,
        layerNormEpsilon: 1e-6,
      },
      text: {
        family: 'gemma',
        vocabSize: 257216,
        hiddenSize: 2048,
        intermediateSize: 16384,
        layers: 18,
        heads: 8,
        keyValueHeads: 1,
        headDim: 256,
        rmsNormEpsilon: 1e-6,
        ropeTheta: 10000,
        queryScale: 1 / 16,
        attentionSoftcap: null,
        maxPositions: 8192,
      },
      projectionDim: 2048,
      imageTokens: 1024,
      imageTokenId: 257152,
      bosTokenId: 2,
      eosTokenId: 1,
      padTokenId: 0,
    });
  });

  it('supplies all of Gemma 2B and SigLIP-So400m when both parts are absent', () => {
    const { config } = parse({ model_type: 'paligemma' });
    const { imageSize } = config.vision;
    expect(config).toEqual({
      ...parse(PALIGEMMA_448).config,
      imageTokens: 256,
      vision: { ...parse(PALIGEMMA_448).config.vision, imageSize: 224 },
    });
    expect(imageSize).toBe(224);
  });

  it('supplies the defaults of Gemma 2', () => {
    expect(parse(with2({})).config.text).toMatchObject({
      family: 'gemma2',
      hiddenSize: 2304,
      intermediateSize: 9216,
      layers: 26,
      heads: 8,
      keyValueHeads: 4,
      headDim: 256,
      queryScale: 256 ** -0.5,
      attentionSoftcap: 50,
    });
  });

  it('takes Gemma 2’s query scale and softcap from the config, null for none', () => {
    const { text } = parse(with2({ query_pre_attn_scalar: 144, attn_logit_softcapping: 30 })).config;
    expect(text.queryScale).toBe(144 ** -0.5);
    expect(text.attentionSoftcap).toBe(30);
    expect(parse(with2({ attn_logit_softcapping: null })).config.text.attentionSoftcap).toBeNull();
  });

  it('supplies SigLIP’s own defaults for what a given vision_config leaves out', () => {
    const { vision } = parse({
      ...PALIGEMMA_448,
      vision_config: { model_type: 'siglip_vision_model' },
    }).config;
    expect(vision).toMatchObject({ hiddenSize: 768, layers: 12, heads: 12, patchSize: 16, imageSize: 224 });
  });

  it('reads the image token under its other name, and rope_theta where version 5 puts it', () => {
    const { image_token_index: id, ...rest } = PALIGEMMA_448;
    const text = { ...rest.text_config, rope_parameters: { rope_type: 'default', rope_theta: 12345 } };
    const { config } = parse({ ...rest, image_token_id: id - 1, text_config: text });
    expect(config.imageTokenId).toBe(257151);
    expect(config.text.ropeTheta).toBe(12345);
  });

  it('takes Gemma’s “gelu” for the tanh form', () => {
    const text = { ...PALIGEMMA_448.text_config, hidden_act: 'gelu', hidden_activation: null };
    expect(() => parse({ ...PALIGEMMA_448, text_config: text })).not.toThrow();
  });

  it('finds token ids in text_config, and the first of several ends', () => {
    const text = { ...PALIGEMMA_448.text_config, bos_token_id: 5, eos_token_id: [7, 8] };
    const json = { ...PALIGEMMA_448, bos_token_id: undefined, eos_token_id: null, text_config: text };
    expect(parse(json).config).toMatchObject({ bosTokenId: 5, eosTokenId: 7 });
  });

  it('unties the head when text_config says so, before the top', () => {
    expect(parse({ ...PALIGEMMA_448, tie_word_embeddings: false }).tiedHead).toBe(false);
    const text = { ...PALIGEMMA_448.text_config, tie_word_embeddings: true };
    expect(parse({ ...PALIGEMMA_448, tie_word_embeddings: false, text_config: text }).tiedHead).toBe(true);
  });
});
