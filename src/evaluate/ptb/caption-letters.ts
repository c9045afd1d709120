import { hexUnits, unionOf, unitsThat, without } from './units.js';

/** Letters and digits that Unicode has got since version 6.0, the one the reference was built with. */
const LATER = hexUnits(
  '37f 528-52f 560 588 5ef 860-86a 870-887 889-88f 8a1 8ad-8c9 978 980 9fc af9 c34 c5a c5c-c5d c80 cdc-cdd d04 ' +
    'd54-d56 d5f de6-def e86 e89 e8c e8e-e93 e98 ea0 ea8-ea9 eac 13f5 13f8-13fd 16f1-16f8 170d 171f 1878 191d-191e ' +
    '19b0-19c0 19c8-19c9 1b4c 1c80-1c8a 1c90-1cba 1cbd-1cbf 1cf2-1cf3 1cfa 2c2f 2c5f 312e-312f 31bb-31bf 4db6-4dbf ' +
    '9fcd-9fff a698-a69d a78f a794-a79f a7ab-a7dc a7f1-a7f7 a8fd-a8fe a9e0-a9e4 a9e6-a9fe a9f0-a9f9 aa7e-aa7f ' +
    'ab30-ab5a ab5c-ab69 ab70-abbf',
);

/** Signs that stand inside words as letters do: vowel signs, accents of their own, the soft hyphen. */
const MARKS = hexUnits(
  'ad 2c2-2c5 2d2-2df 2e5-2eb 2ed 2ef-36f 375 378-379 384-385 3f6 483-487 55a-55f 591-5bd 5bf 5c1-5c2 5c4-5c5 5c7 ' +
    '615-61a 64b-65e 670 6d6-6e4 6e7-6ed 6fd-6fe 70f 711 730-74c 7a6-7b0 7eb-7f3 900-903 93c 93e-94e 951-955 962-963 ' +
    '981-983 9bc 9be-9c4 9c7-9c8 9cb-9cd 9d7 9e2-9e3 a01-a03 a3c a3e-a4f a81-a83 abc abe-acf b82 bbe-bc2 bc6-bc8 ' +
    'bca-bcd c01-c03 c3e-c56 d3e-d44 d46-d48 e31 e34-e3a e47-e4e eb1 eb4-ebc ec8-ecd',
);

/** Letters then that are marks now. */
const ONCE_LETTERS = hexUnits('1885-1886');
/** Roman numerals and letters in circles, which count as capitals. */
const CAPITAL_SIGNS = hexUnits('2160-216f 24b6-24cf');
const LATER_CAPITALS = hexUnits('37f 13a0-13f5');

export const DIGITS = without(unitsThat(/\p{Nd}/u), LATER);
export const LETTERS = without(unionOf(unitsThat(/\p{L}/u), ONCE_LETTERS), LATER);
export const WORD_LETTERS = unionOf(LETTERS, MARKS);
export const CAPITALS = unionOf(without(unitsThat(/\p{Lu}/u), unionOf(LATER, LATER_CAPITALS)), CAPITAL_SIGNS);
