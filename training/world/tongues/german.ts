import type { Action, Colour } from '../vocabulary.js';
import { nounIn } from './nouns.js';
import type { Party, Tongue } from './tongue.js';

type Gender = 'm' | 'f' | 'n';
type Case = 'nominative' | 'accusative' | 'dative';
const NUMBERS = ['null', 'ein', 'zwei', 'drei', 'vier', 'fünf', 'sechs'];
const STEMS: Readonly<Record<Colour, string>> = {
  red: 'rot',
  blue: 'blau',
  green: 'grün',
  yellow: 'gelb',
  purple: 'violett',
  orange: 'orang',
};
/** Endings of the article `ein` and of the adjective after it. */
const ENDINGS: Readonly<Record<Case, Readonly<Record<Gender, readonly [string, string]>>>> = {
  nominative: { m: ['', 'er'], f: ['e', 'e'], n: ['', 'es'] },
  accusative: { m: ['en', 'en'], f: ['e', 'e'], n: ['', 'es'] },
  dative: { m: ['em', 'en'], f: ['er', 'en'], n: ['em', 'en'] },
};
const ARTICLES: Readonly<Record<Gender, string>> = { m: 'der', f: 'die', n: 'das' };
/** Nouns that take an ending in every case but the first. */
const WEAK = /^(Hase|Affe|Löwe|Krake)$/;
const WEAK_EN = /^(Elefant|Bär|Astronaut)$/;
const ACTIONS: Readonly<Record<Action, readonly [string, string]>> = {
  still: ['steht still', 'stehen still'],
  left: ['bewegt sich nach links', 'bewegen sich nach links'],
  right: ['bewegt sich nach rechts', 'bewegen sich nach rechts'],
  up: ['bewegt sich nach oben', 'bewegen sich nach oben'],
  down: ['bewegt sich nach unten', 'bewegen sich nach unten'],
  closer: ['kommt näher', 'kommen näher'],
  away: ['entfernt sich', 'entfernen sich'],
  spin: ['dreht sich', 'drehen sich'],
  jump: ['springt', 'springen'],
  appear: ['erscheint', 'erscheinen'],
  disappear: ['verschwindet', 'verschwinden'],
  enter: ['kommt herein', 'kommen herein'],
  leave: ['geht hinaus', 'gehen hinaus'],
};
const SIDES = { left: 'links', right: 'rechts' } as const;

function one({ kind, colour }: Party, grammaticalCase: Case): string {
  const { one: name, gender } = nounIn<Gender>('de', kind.name);
  const [article, adjective] = ENDINGS[grammaticalCase][gender];
  const bent = grammaticalCase === 'nominative' ? '' : WEAK.test(name) ? 'n' : WEAK_EN.test(name) ? 'en' : '';
  return `ein${article} ${colour === null ? '' : `${STEMS[colour]}${adjective} `}${name}${bent}`;
}
function some(party: Party): string {
  if (party.count < 2) return one(party, 'nominative');
  const paint = party.colour === null ? '' : `${STEMS[party.colour]}e `;
  return `${NUMBERS[party.count] ?? ''} ${paint}${nounIn('de', party.kind.name).many}`;
}
function the({ kind, colour, count }: Party): string {
  const { one: name, many, gender } = nounIn<Gender>('de', kind.name);
  const paint = colour === null ? '' : `${STEMS[colour]}${count > 1 ? 'en' : 'e'} `;
  return count > 1 ? `die ${paint}${many}` : `${ARTICLES[gender]} ${paint}${name}`;
}

export const GERMAN: Tongue = {
  some,
  the,
  many: (kind) => nounIn('de', kind.name).many,
  does: (action, count) => ACTIONS[action][count > 1 ? 1 : 0],
  together: (interaction, subject, object, way) => {
    const [who, whom, side] = [some(subject), one(object, 'accusative'), SIDES[way]];
    return {
      chase: `${who} jagt ${whom} nach ${side}`,
      meet: `${who} und ${some(object)} treffen sich`,
      pass: `${who} geht hinter ${one(object, 'dative')} nach ${side} vorbei`,
      leap: `${who} springt nach ${side} über ${whom}`,
      yield: `${who} lässt ${whom} vorbei`,
    }[interaction];
  },
  verb: { chase: 'jagt', meet: 'treffen sich', pass: 'geht hinter', leap: 'springt', yield: 'lässt' },
  towards: { left: 'nach links', right: 'nach rechts' },
  inTurn: (clauses) => `nacheinander: ${clauses.join(', ')}`,
  place: {
    grass: 'auf dem Gras',
    street: 'auf der Straße',
    sea: 'auf dem Meer',
    night: 'bei Nacht',
    room: 'in einem Zimmer',
    desert: 'in der Wüste',
    snow: 'im Schnee',
    forest: 'im Wald',
    sky: 'am Himmel',
    beach: 'am Strand',
  },
  colour: { red: 'rot', blue: 'blau', green: 'grün', yellow: 'gelb', purple: 'violett', orange: 'orange' },
  way: { left: 'nach links', right: 'nach rechts', up: 'nach oben', down: 'nach unten' },
  signSays: (text) => `auf einem Schild steht ${text}`,
  signThatSays: (text) => `ein Schild mit ${text}`,
  and: 'und',
  yes: 'ja',
  no: 'nein',
  lead: { video: 'in diesem Video:', picture: 'dieses Bild zeigt:' },
  total: (count) =>
    count === 1 ? 'es ist insgesamt ein Ding' : `es sind insgesamt ${NUMBERS[count] ?? String(count)} Dinge`,
  light: { day: 'es ist hell', dusk: 'es dämmert', dark: 'es ist dunkel' },
  ask: {
    place: 'wo sind wir?',
    howMany: (kind) => `wie viele ${nounIn('de', kind.name).many} gibt es?`,
    colour: (party) =>
      `welche Farbe ${party.count > 1 ? 'haben' : 'hat'} ${the({ ...party, colour: null })}?`,
    exists: (kind) => `gibt es ${one({ kind, colour: null, count: 1 }, 'accusative')}?`,
    does: (party) => `was ${party.count > 1 ? 'machen' : 'macht'} ${the(party)}?`,
    way: (party) => `wohin ${party.count > 1 ? 'bewegen' : 'bewegt'} sich ${the(party)}?`,
  },
};
