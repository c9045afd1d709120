import { open } from 'node:fs/promises';
import type { TextConfig } from '../../../checkpoint/config.js';
import { randomStream } from '../../../language/random.js';
import { ggufBytes, ggufHeader, padded, type GgufTensor, type GgufValue } from './gguf-header.js';

/** What decides the shape of a Gemma decoder. */
export type GemmaShape = Pick<
  TextConfig,
  | 'hiddenSize'
  | 'intermediateSize'
  | 'layers'
  | 'heads'
  | 'keyValueHeads'
  | 'headDim'
  | 'rmsNormEpsilon'
  | 'maxPositions'
  | 'vocabSize'
>;

/** Random bytes that are written over and over: whole blocks of q4_0, and whole floats. */
const PATTERN_BLOCKS = 1 << 16;
const BLOCK_BYTES = 18;

/** 2^-9 as a half: with numbers of -8 to 7 the activations of 2048 inputs stay near 1. */
const SCALE_HALF = 0x1800;

/**
 * Writes a Gemma decoder of random weights in q4_0, the head tied to the embeddings, for llama.cpp: for measuring
 * only. Its vocabulary is one of made-up words, as llama.cpp is asked with ids.
 */
export async function writeRandomGguf(file: string, shape: GemmaShape): Promise<void> {
  const tensors = gemmaTensors(shape);
  const blocks = randomBlocks();
  const floats = Buffer.from(new Float32Array(shape.hiddenSize).fill(1).buffer);
  const handle = await open(file, 'w');
  try {
    await handle.appendFile(ggufHeader(gemmaMetadata(shape), tensors));
    for (const tensor of tensors) {
      const total = padded(ggufBytes(tensor));
      const pattern = tensor.type === 'f32' ? floats : blocks;
      for (let done = 0; done < total; done += pattern.length) {
        await handle.appendFile(pattern.subarray(0, Math.min(pattern.length, total - done)));
      }
    }
  } finally {
    await handle.close();
  }
}

function gemmaMetadata(shape: GemmaShape): Record<string, GgufValue> {
  const words = Array.from({ length: shape.vocabSize }, (_, id) => wordOf(id));
  return {
    'general.architecture': 'gemma',
    'general.name': 'random',
    'gemma.context_length': shape.maxPositions,
    'gemma.embedding_length': shape.hiddenSize,
    'gemma.block_count': shape.layers,
    'gemma.feed_forward_length': shape.intermediateSize,
    'gemma.attention.head_count': shape.heads,
    'gemma.attention.head_count_kv': shape.keyValueHeads,
    'gemma.attention.key_length': shape.headDim,
    'gemma.attention.value_length': shape.headDim,
    'gemma.attention.layer_norm_rms_epsilon': shape.rmsNormEpsilon,
    'tokenizer.ggml.model': 'llama',
    'tokenizer.ggml.tokens': words.map(({ text }) => text),
    'tokenizer.ggml.scores': new Float32Array(words.length),
    'tokenizer.ggml.token_type': Int32Array.from(words, ({ type }) => type),
    'tokenizer.ggml.padding_token_id': 0,
    'tokenizer.ggml.eos_token_id': 1,
    'tokenizer.ggml.bos_token_id': 2,
    'tokenizer.ggml.unknown_token_id': 3,
  };
}

/** llama.cpp's numbers of kinds of words. */
const WORD = { normal: 1, unknown: 2, control: 3, byte: 6 } as const;
const SPECIAL = [WORD.control, WORD.control, WORD.control, WORD.unknown];
const BYTES = 256;

/** The special ids, a word for each byte (llama.cpp asks for the line feed's), then any. */
function wordOf(id: number): { readonly text: string; readonly type: number } {
  const special = SPECIAL[id];
  if (special !== undefined) return { text: `<${id}>`, type: special };
  const byte = id - SPECIAL.length;
  if (byte >= BYTES) return { text: `w${id}`, type: WORD.normal };
  return { text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`, type: WORD.byte };
}

function gemmaTensors(shape: GemmaShape): GgufTensor[] {
  const { hiddenSize: e, intermediateSize: wide, headDim } = shape;
  const [queries, keys] = [shape.heads * headDim, shape.keyValueHeads * headDim];
  const layer = (i: number): GgufTensor[] => [
    { name: `blk.${i}.attn_norm.weight`, dims: [e], type: 'f32' },
    { name: `blk.${i}.attn_q.weight`, dims: [e, queries], type: 'q4_0' },
    { name: `blk.${i}.attn_k.weight`, dims: [e, keys], type: 'q4_0' },
    { name: `blk.${i}.attn_v.weight`, dims: [e, keys], type: 'q4_0' },
    { name: `blk.${i}.attn_output.weight`, dims: [queries, e], type: 'q4_0' },
    { name: `blk.${i}.ffn_norm.weight`, dims: [e], type: 'f32' },
    { name: `blk.${i}.ffn_gate.weight`, dims: [e, wide], type: 'q4_0' },
    { name: `blk.${i}.ffn_up.weight`, dims: [e, wide], type: 'q4_0' },
    { name: `blk.${i}.ffn_down.weight`, dims: [wide, e], type: 'q4_0' },
  ];
  return [
    { name: 'token_embd.weight', dims: [e, shape.vocabSize], type: 'q4_0' },
    ...Array.from({ length: shape.layers }, (_, i) => layer(i)).flat(),
    { name: 'output_norm.weight', dims: [e], type: 'f32' },
  ];
}

/** Blocks of q4_0: a half as scale, then 32 numbers of 4 bits. */
function randomBlocks(): Buffer {
  const random = randomStream(2);
  const bytes = Buffer.alloc(PATTERN_BLOCKS * BLOCK_BYTES, 0);
  for (let block = 0; block < PATTERN_BLOCKS; block++) {
    bytes.writeUInt16LE(SCALE_HALF, block * BLOCK_BYTES);
    for (let i = 2; i < BLOCK_BYTES; i++) bytes[block * BLOCK_BYTES + i] = Math.floor(random() * 256);
  }
  return bytes;
}
