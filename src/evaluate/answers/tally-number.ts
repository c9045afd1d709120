const WORDS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen twenty';

const NUMERALS: ReadonlyMap<string, string> = new Map([
  ['none', '0'],
  ...WORDS.split(' ').map((word, i) => [word, String(i)] as const),
]);

/**
 * An answer that is a number word up to twenty in digits, any other as it is: TallyQA and CountBenchQA compare these.
 * @source big_vision, `evaluators/proj/paligemma/transfers/tallyqa.py`
 */
export function tallyNumber(answer: string): string {
  return NUMERALS.get(answer.toLowerCase()) ?? answer;
}
