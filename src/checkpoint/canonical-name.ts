/**
 * The one name this project uses for a tensor, whichever version of Hugging Face's code wrote the file:
 * `vision_tower.encoder...`, `multi_modal_projector.linear...`, `language_model.layers...`, `lm_head.weight`.
 */
export function canonicalName(stored: string): string {
  return stored
    .replace(/^model\./, '')
    .replace(/^vision_tower\.vision_model\./, 'vision_tower.')
    .replace(/^language_model\.model\./, 'language_model.')
    .replace(/^language_model\.lm_head\./, 'lm_head.');
}
