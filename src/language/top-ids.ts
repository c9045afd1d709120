/** Above so many ids, inserting each in its place may take longer than sorting, and seconds in the end. */
const MANY = 1000;

/** The `count` ids with the largest logits, largest first; of equals the lower id comes first. */
export function topIds(logits: Float32Array, count: number): number[] {
  return count > MANY ? sorted(logits, count) : inserted(logits, count);
}

function sorted(logits: Float32Array, count: number): number[] {
  const least = logits.slice().sort()[logits.length - count] ?? -Infinity; // of those wanted
  const ids: number[] = [];
  logits.forEach((logit, id) => {
    if (logit >= least) ids.push(id);
  });
  ids.sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b);
  return ids.slice(0, count); // more of them may equal the least
}

function inserted(logits: Float32Array, count: number): number[] {
  const top: number[] = [];
  if (count < 1) return top;
  const at = (id: number | undefined) => (id === undefined ? -Infinity : (logits[id] ?? -Infinity));
  logits.forEach((logit, id) => {
    if (top.length >= count && logit <= at(top[top.length - 1])) return;
    let [low, high] = [0, top.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(top[middle]) >= logit) low = middle + 1;
      else high = middle;
    }
    top.splice(low, 0, id);
    if (top.length > count) top.pop();
  });
  return top;
}
