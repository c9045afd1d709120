/** Lists longer than this are left in their order: eight things have 40,320 orders. */
const LONGEST = 7;

/** A list with `, ` between its things in all its orders. */
export function permutations(list: string): string[] {
  const things = list.split(', ');
  if (things.length > LONGEST) return [list];
  return orders(things).map((order) => order.join(', '));
}

function orders(things: readonly string[]): string[][] {
  if (things.length <= 1) return [[...things]];
  return things.flatMap((first, i) => orders(things.toSpliced(i, 1)).map((rest) => [first, ...rest]));
}
