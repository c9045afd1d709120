import type { Kind } from '../kinds.js';
import { ACTIONS, PLACES } from '../vocabulary.js';
import type { Party, Tongue } from './tongue.js';

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six'];

/** `a` or `an`, by the letter that follows. */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) && !noun.startsWith('uni') ? 'an' : 'a'} ${noun}`;
}

/** The noun with its paint: `red car`, `cows`. */
export function noun({ kind, colour, count }: Party): string {
  const name = count > 1 ? kind.plural : kind.name;
  return colour === null ? name : `${colour} ${name}`;
}

const some = (party: Party): string =>
  party.count > 1
    ? `${NUMBERS[party.count] ?? String(party.count)} ${noun(party)}`
    : withArticle(noun(party));
const the = (party: Party): string => `the ${noun(party)}`;
const be = (party: Party): string => (party.count > 1 ? 'are' : 'is');
const auxiliary = (party: Party): string => (party.count > 1 ? 'do' : 'does');

export const ENGLISH: Tongue = {
  some,
  the,
  many: (kind: Kind) => kind.plural,
  does: (action, count) => ACTIONS[action][count > 1 ? 1 : 0],
  together: (interaction, subject, object, way) => {
    const [one, other] = [some(subject), some(object)];
    return {
      chase: `${one} chases ${other} to the ${way}`,
      meet: `${one} and ${other} meet`,
      pass: `${one} passes behind ${other} to the ${way}`,
      leap: `${one} jumps over ${other} to the ${way}`,
      yield: `${one} gives way to ${other}`,
    }[interaction];
  },
  verb: { chase: 'chases', meet: 'meet', pass: 'passes behind', leap: 'jumps over', yield: 'gives way to' },
  towards: { left: 'to the left', right: 'to the right' },
  inTurn: (clauses) => `first ${clauses.join(', then ')}`,
  place: PLACES,
  colour: { red: 'red', blue: 'blue', green: 'green', yellow: 'yellow', purple: 'purple', orange: 'orange' },
  way: { left: 'left', right: 'right', up: 'up', down: 'down' },
  signSays: (text) => `a sign says ${text}`,
  signThatSays: (text) => `a sign that says ${text}`,
  and: 'and',
  yes: 'yes',
  no: 'no',
  lead: { video: 'in this video', picture: 'this picture shows' },
  total: (count) =>
    count === 1 ? 'there is one thing in all' : `there are ${NUMBERS[count] ?? String(count)} things in all`,
  light: { day: 'it is bright', dusk: 'it is dusk', dark: 'it is dark' },
  ask: {
    place: 'where does this take place?',
    howMany: (kind) => `how many ${kind.plural} are there?`,
    colour: (party) =>
      `what color ${be(party)} the ${party.count > 1 ? party.kind.plural : party.kind.name}?`,
    exists: (kind) => `is there ${withArticle(kind.name)}?`,
    does: (party) => `what ${auxiliary(party)} ${the(party)} do?`,
    way: (party) => `which way ${auxiliary(party)} ${the(party)} go?`,
  },
};
