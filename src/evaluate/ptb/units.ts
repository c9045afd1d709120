/** A set of UTF-16 code units: sorted ranges that do not touch, both ends included. */
export type Units = readonly (readonly [number, number])[];

const LAST_UNIT = 0xffff;

/** The code units of single characters (`'_'`) and ranges of two (`'a-z'`); a lone `'-'` is itself. */
export function units(...parts: readonly string[]): Units {
  return joined(
    parts.map((part) => [part.charCodeAt(0), part.charCodeAt(part.length === 3 ? 2 : 0)] as const),
  );
}

/** Code units of a list such as `'2c2-2c5 2ed'`, in hexadecimal. */
export function hexUnits(list: string): Units {
  return joined(
    list.split(' ').map((part) => {
      const [low = '', high = low] = part.split('-');
      return [parseInt(low, 16), parseInt(high, 16)] as const;
    }),
  );
}

/** The code units that are of a class of Unicode, as `/\p{L}/u`; halves of pairs are of none. */
export function unitsThat(is: RegExp): Units {
  const found: [number, number][] = [];
  for (let unit = 0; unit <= LAST_UNIT; unit++) {
    if ((unit & 0xf800) !== 0xd800 && is.test(String.fromCharCode(unit))) found.push([unit, unit]);
  }
  return joined(found);
}

export function unionOf(...sets: readonly Units[]): Units {
  return joined(sets.flat());
}

/** Every code unit but these. */
export function allBut(set: Units): Units {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [low, high] of set) {
    if (low > next) rest.push([next, low - 1]);
    next = high + 1;
  }
  if (next <= LAST_UNIT) rest.push([next, LAST_UNIT]);
  return rest;
}

/** What is in the first set and not in the second. */
export function without(set: Units, taken: Units): Units {
  return allBut(unionOf(allBut(set), taken));
}

function joined(ranges: readonly (readonly [number, number])[]): Units {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const result: [number, number][] = [];
  for (const [low, high] of sorted) {
    const last = result.at(-1);
    if (last !== undefined && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else result.push([low, high]);
  }
  return result;
}
