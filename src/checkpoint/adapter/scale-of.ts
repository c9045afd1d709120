import type { AdapterConfig } from './adapter-config.js';

/**
 * What the product of a module's factors is multiplied with: alpha over the rank, or over its root.
 * @param module name as the adapter has it; a pattern fits it whole or from a dot on. Source: PEFT, `get_pattern_key`
 */
export function scaleOf(
  { alpha, alphaPattern, isRankStabilized }: AdapterConfig,
  module: string,
  rank: number,
): number {
  const own = [...alphaPattern].find(([name]) => module === name || module.endsWith(`.${name}`));
  return (own?.[1] ?? alpha) / (isRankStabilized ? Math.sqrt(rank) : rank);
}
