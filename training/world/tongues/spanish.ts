import type { Action, Colour } from '../vocabulary.js';
import { nounIn } from './nouns.js';
import type { Party, Tongue } from './tongue.js';

type Gender = 'm' | 'f';
const NUMBERS = ['cero', 'uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis'];
/** Masculine and feminine, one and many. */
const COLOURS: Readonly<Record<Colour, readonly [string, string, string, string]>> = {
  red: ['rojo', 'roja', 'rojos', 'rojas'],
  blue: ['azul', 'azul', 'azules', 'azules'],
  green: ['verde', 'verde', 'verdes', 'verdes'],
  yellow: ['amarillo', 'amarilla', 'amarillos', 'amarillas'],
  purple: ['morado', 'morada', 'morados', 'moradas'],
  orange: ['naranja', 'naranja', 'naranjas', 'naranjas'],
};
const ACTIONS: Readonly<Record<Action, readonly [string, string]>> = {
  still: ['no se mueve', 'no se mueven'],
  left: ['va a la izquierda', 'van a la izquierda'],
  right: ['va a la derecha', 'van a la derecha'],
  up: ['sube', 'suben'],
  down: ['baja', 'bajan'],
  closer: ['se acerca', 'se acercan'],
  away: ['se aleja', 'se alejan'],
  spin: ['gira', 'giran'],
  jump: ['salta', 'saltan'],
  appear: ['aparece', 'aparecen'],
  disappear: ['desaparece', 'desaparecen'],
  enter: ['entra', 'entran'],
  leave: ['sale', 'salen'],
};
const SIDES = { left: 'izquierda', right: 'derecha' } as const;

const feminine = ({ kind }: Party): boolean => nounIn<Gender>('es', kind.name).gender === 'f';
function noun(party: Party): string {
  const { one, many } = nounIn<Gender>('es', party.kind.name);
  const name = party.count > 1 ? many : one;
  if (party.colour === null) return name;
  return `${name} ${COLOURS[party.colour][(party.count > 1 ? 2 : 0) + (feminine(party) ? 1 : 0)] ?? ''}`;
}
const some = (party: Party): string =>
  `${party.count > 1 ? (NUMBERS[party.count] ?? '') : feminine(party) ? 'una' : 'un'} ${noun(party)}`;
const the = (party: Party): string =>
  `${party.count > 1 ? (feminine(party) ? 'las' : 'los') : feminine(party) ? 'la' : 'el'} ${noun(party)}`;

export const SPANISH: Tongue = {
  some,
  the,
  many: (kind) => nounIn('es', kind.name).many,
  does: (action, count) => ACTIONS[action][count > 1 ? 1 : 0],
  together: (interaction, subject, object, way) => {
    const [one, other, side] = [some(subject), some(object), SIDES[way]];
    return {
      chase: `${one} persigue a ${other} hacia la ${side}`,
      meet: `${one} y ${other} se encuentran`,
      pass: `${one} pasa detrás de ${other} hacia la ${side}`,
      leap: `${one} salta sobre ${other} hacia la ${side}`,
      yield: `${one} cede el paso a ${other}`,
    }[interaction];
  },
  verb: {
    chase: 'persigue a',
    meet: 'se encuentran',
    pass: 'pasa detrás de',
    leap: 'salta sobre',
    yield: 'cede el paso a',
  },
  towards: { left: 'hacia la izquierda', right: 'hacia la derecha' },
  inTurn: (clauses) => `primero ${clauses.join(', luego ')}`,
  place: {
    grass: 'en la hierba',
    street: 'en la calle',
    sea: 'en el mar',
    night: 'de noche',
    room: 'en una habitación',
    desert: 'en el desierto',
    snow: 'en la nieve',
    forest: 'en el bosque',
    sky: 'en el cielo',
    beach: 'en la playa',
  },
  colour: {
    red: 'rojo',
    blue: 'azul',
    green: 'verde',
    yellow: 'amarillo',
    purple: 'morado',
    orange: 'naranja',
  },
  way: { left: 'a la izquierda', right: 'a la derecha', up: 'hacia arriba', down: 'hacia abajo' },
  signSays: (text) => `un letrero dice ${text}`,
  signThatSays: (text) => `un letrero que dice ${text}`,
  and: 'y',
  yes: 'sí',
  no: 'no',
  lead: { video: 'en este vídeo', picture: 'esta imagen muestra' },
  total: (count) =>
    count === 1 ? 'hay una cosa en total' : `hay ${NUMBERS[count] ?? String(count)} cosas en total`,
  light: { day: 'hay mucha luz', dusk: 'anochece', dark: 'está oscuro' },
  ask: {
    place: '¿dónde estamos?',
    howMany: (kind) =>
      `¿${nounIn<Gender>('es', kind.name).gender === 'f' ? 'cuántas' : 'cuántos'} ${nounIn('es', kind.name).many} hay?`,
    colour: (party) => `¿de qué color ${party.count > 1 ? 'son' : 'es'} ${the({ ...party, colour: null })}?`,
    exists: (kind) => `¿hay ${some({ kind, colour: null, count: 1 })}?`,
    does: (party) => `¿qué ${party.count > 1 ? 'hacen' : 'hace'} ${the(party)}?`,
    way: (party) => `¿hacia dónde ${party.count > 1 ? 'van' : 'va'} ${the(party)}?`,
  },
};
