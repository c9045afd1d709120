import { pythonSplit } from '../text/python-split.js';

/** Share of the words of a text that were read to the letter; one read once counts once. 1 for a text without words. */
export function wordRecall(prediction: string, reference: string): number {
  const read = pythonSplit(prediction);
  const words = pythonSplit(reference);
  const found = words.filter((word) => {
    const place = read.indexOf(word);
    if (place >= 0) read.splice(place, 1);
    return place >= 0;
  });
  return words.length === 0 ? 1 : found.length / words.length;
}
