/** So many people have to have said it for a whole point. */
const ENOUGH = 3;

/**
 * `min(1, n / 3)` for n of the references equal to the prediction, without any normalisation: OKVQA, A-OKVQA, VizWiz.
 * @source big_vision, `evaluators/proj/paligemma/transfers/vqa.py`
 */
export function vqaAccuracy(prediction: string, references: readonly string[]): number {
  return Math.min(1, references.filter((reference) => reference === prediction).length / ENOUGH);
}
