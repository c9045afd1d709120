import type { Action, Colour } from '../vocabulary.js';
import { nounIn } from './nouns.js';
import type { Party, Tongue } from './tongue.js';

type Gender = 'm' | 'f';
const NUMBERS = ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six'];
/** Masculine and feminine, one and many. */
const COLOURS: Readonly<Record<Colour, readonly [string, string, string, string]>> = {
  red: ['rouge', 'rouge', 'rouges', 'rouges'],
  blue: ['bleu', 'bleue', 'bleus', 'bleues'],
  green: ['vert', 'verte', 'verts', 'vertes'],
  yellow: ['jaune', 'jaune', 'jaunes', 'jaunes'],
  purple: ['violet', 'violette', 'violets', 'violettes'],
  orange: ['orange', 'orange', 'orange', 'orange'],
};
const ACTIONS: Readonly<Record<Action, readonly [string, string]>> = {
  still: ['ne bouge pas', 'ne bougent pas'],
  left: ['va à gauche', 'vont à gauche'],
  right: ['va à droite', 'vont à droite'],
  up: ['monte', 'montent'],
  down: ['descend', 'descendent'],
  closer: ["s'approche", "s'approchent"],
  away: ["s'éloigne", "s'éloignent"],
  spin: ['tourne', 'tournent'],
  jump: ['saute', 'sautent'],
  appear: ['apparaît', 'apparaissent'],
  disappear: ['disparaît', 'disparaissent'],
  enter: ['entre', 'entrent'],
  leave: ['sort', 'sortent'],
};
const SIDES = { left: 'la gauche', right: 'la droite' } as const;

const feminine = ({ kind }: Party): boolean => nounIn<Gender>('fr', kind.name).gender === 'f';
function noun(party: Party): string {
  const { one, many } = nounIn<Gender>('fr', party.kind.name);
  const name = party.count > 1 ? many : one;
  if (party.colour === null) return name;
  return `${name} ${COLOURS[party.colour][(party.count > 1 ? 2 : 0) + (feminine(party) ? 1 : 0)] ?? ''}`;
}
const some = (party: Party): string =>
  `${party.count > 1 ? (NUMBERS[party.count] ?? '') : feminine(party) ? 'une' : 'un'} ${noun(party)}`;
function the(party: Party): string {
  const name = noun(party);
  if (party.count > 1) return `les ${name}`;
  if (/^[aeiouéèêh]/.test(name) && name !== 'hibou') return `l'${name}`;
  return `${feminine(party) ? 'la' : 'le'} ${name}`;
}

export const FRENCH: Tongue = {
  some,
  the,
  many: (kind) => nounIn('fr', kind.name).many,
  does: (action, count) => ACTIONS[action][count > 1 ? 1 : 0],
  together: (interaction, subject, object, way) => {
    const [one, other, side] = [some(subject), some(object), SIDES[way]];
    return {
      chase: `${one} poursuit ${other} vers ${side}`,
      meet: `${one} et ${other} se rencontrent`,
      pass: `${one} passe derrière ${other} vers ${side}`,
      leap: `${one} saute par-dessus ${other} vers ${side}`,
      yield: `${one} cède le passage à ${other}`,
    }[interaction];
  },
  verb: {
    chase: 'poursuit',
    meet: 'se rencontrent',
    pass: 'passe derrière',
    leap: 'saute par-dessus',
    yield: 'cède le passage à',
  },
  towards: { left: 'vers la gauche', right: 'vers la droite' },
  inTurn: (clauses) => `d'abord ${clauses.join(', puis ')}`,
  place: {
    grass: "sur l'herbe",
    street: 'dans la rue',
    sea: 'sur la mer',
    night: 'la nuit',
    room: 'dans une chambre',
    desert: 'dans le désert',
    snow: 'dans la neige',
    forest: 'dans la forêt',
    sky: 'dans le ciel',
    beach: 'sur la plage',
  },
  colour: { red: 'rouge', blue: 'bleu', green: 'vert', yellow: 'jaune', purple: 'violet', orange: 'orange' },
  way: { left: 'à gauche', right: 'à droite', up: 'vers le haut', down: 'vers le bas' },
  signSays: (text) => `un panneau indique ${text}`,
  signThatSays: (text) => `un panneau qui indique ${text}`,
  and: 'et',
  yes: 'oui',
  no: 'non',
  lead: { video: 'dans cette vidéo', picture: 'cette image montre' },
  total: (count) =>
    count === 1 ? 'il y a une chose en tout' : `il y a ${NUMBERS[count] ?? String(count)} choses en tout`,
  light: { day: 'il fait clair', dusk: 'le jour tombe', dark: 'il fait sombre' },
  ask: {
    place: 'où sommes-nous ?',
    howMany: (kind) => `combien de ${nounIn('fr', kind.name).many} y a-t-il ?`,
    colour: (party) =>
      `de quelle couleur ${party.count > 1 ? 'sont' : 'est'} ${the({ ...party, colour: null })} ?`,
    exists: (kind) => `y a-t-il ${some({ kind, colour: null, count: 1 })} ?`,
    does: (party) => `que ${party.count > 1 ? 'font' : 'fait'} ${the(party)} ?`,
    way: (party) => `où ${party.count > 1 ? 'vont' : 'va'} ${the(party)} ?`,
  },
};
