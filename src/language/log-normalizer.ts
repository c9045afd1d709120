/** `log(sum(exp(logits)))` in float64: a logit minus this is the id's log-probability. */
export function logNormalizer(logits: Float32Array): number {
  let max = -Infinity;
  for (const logit of logits) if (logit > max) max = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - max);
  return max + Math.log(sum);
}
