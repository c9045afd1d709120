/** Rounds as Python and TensorFlow do, halves to the even neighbour; `Math.round` rounds them up. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const above = value - floor;
  if (above !== 0.5) return above < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
