import type { VisionConfig } from '../checkpoint/config.js';
import { MICROSOFT, type GraphBuilder } from './graph-builder.js';
import type { Linear } from './linear.js';
import { visionNorm } from './vision-norm.js';
import type { Weights } from './weights.js';

export interface VisionBlockContext {
  readonly graph: GraphBuilder;
  readonly weights: Weights;
  readonly linear: Linear;
  readonly config: VisionConfig;
  /** Patches of one frame: attention stays within a frame. */
  readonly patches: number;
  readonly layer: number;
}

/** One SigLIP layer: `x += Attn(LN1(x)); x += MLP(LN2(x))`, `[F * P, W]` both ways. */
export function visionBlock(context: VisionBlockContext, x: string): string {
  const { graph, weights, linear, config } = context;
  const name = `vision_tower.encoder.layers.${context.layer}`;
  const norm = (value: string, which: string) =>
    visionNorm(graph, weights, value, `${name}.${which}`, config.layerNormEpsilon);

  const attended = graph.node('Add', [x, attention(context, norm(x, 'layer_norm1'), `${name}.self_attn`)]);
  const wide = linear(graph, norm(attended, 'layer_norm2'), `${name}.mlp.fc1`);
  const active = graph.node('FastGelu', [wide], { domain: MICROSOFT });
  return graph.node('Add', [attended, linear(graph, active, `${name}.mlp.fc2`)]);
}

/** Every patch of a frame looks at every patch of the same frame. */
function attention({ graph, linear, config, patches }: VisionBlockContext, x: string, name: string): string {
  const framed = graph.integers([-1, patches, config.hiddenSize]);
  const inputs = ['q_proj', 'k_proj', 'v_proj'].map((part) =>
    graph.node('Reshape', [linear(graph, x, `${name}.${part}`), framed]),
  );
  const mixed = graph.node('MultiHeadAttention', inputs, {
    domain: MICROSOFT,
    attributes: { num_heads: { int: config.heads } },
  });
  const rows = graph.node('Reshape', [mixed, graph.integers([-1, config.hiddenSize])]);
  return linear(graph, rows, `${name}.out_proj`);
}
