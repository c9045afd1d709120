const APOSTROPHES = `
  ain't aren't can't could've couldn't didn't doesn't don't hadn't hasn't haven't he'd he's how'd how'll how's isn't
  it'd it'll ma'am mightn't might've mustn't must've needn't not've o'clock oughtn't shan't should've shouldn't
  somebody'll somebody's someone'd someone'll someone's something'd something'll that's there'd there're there's they'd
  they'll they're they've 'twas wasn't we've weren't what'll what're what's what've when's where'd where's where've
  who'd who'll who's who've why'll why're why's won't would've wouldn't y'all you'd you'll you're you've`;
const NOT_HAVE = 'could had might should would';
const WOULD_HAVE = 'he it she somebody someone something there they we who you';
const NUMBERS = 'zero one two three four five six seven eight nine ten';

const listed = (list: string): string[] => list.trim().split(/\s+/);

/**
 * What a word of an answer stands for in VQAv2: contractions with their apostrophes, numbers as digits. Of the
 * reference's table, with its slips: `somebody'd` loses its apostrophe, and keys with capitals are left out, as
 * answers are lower-cased before they are looked up.
 */
export const VQAV2_WORDS: ReadonlyMap<string, string> = new Map([
  ...listed(APOSTROPHES).map((word) => [word.replaceAll("'", ''), word] as const),
  ...listed(NOT_HAVE).flatMap((verb) => [
    [`${verb}nt've`, `${verb}n't've`] as const,
    [`${verb}n'tve`, `${verb}n't've`] as const,
  ]),
  ...listed(WOULD_HAVE).flatMap((who) => [
    [`${who}d've`, `${who}'d've`] as const,
    [`${who}'dve`, `${who}'d've`] as const,
  ]),
  ...["yall'll", "y'allll"].map((word) => [word, "y'all'll"] as const),
  ...["yall'd've", "y'alld've", "y'all'dve"].map((word) => [word, "y'all'd've"] as const),
  ...["ow's'at", "'ows'at", "'ow'sat"].map((word) => [word, "'ow's'at"] as const),
  ["somebody'd", 'somebodyd'],
  ['none', '0'],
  ...listed(NUMBERS).map((word, i) => [word, String(i)] as const),
]);
