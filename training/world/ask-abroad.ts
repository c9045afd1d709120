import { KINDS } from './kinds.js';
import type { Random } from './random.js';
import { actionOf, inReadingOrder, partyOf } from './say.js';
import type { Scene } from './scene.js';
import type { Task } from './task.js';
import type { Language } from './tongues/tongue.js';
import { TONGUES } from './tongues/tongues.js';

/** The plainest questions in a language other than English, answered in it. */
export function questionsAbroad(scene: Scene, random: Random, language: Exclude<Language, 'en'>): Task[] {
  const tongue = TONGUES[language];
  const { ask } = tongue;
  const tasks: Task[] = [];
  const add = (type: string, question: string, answer: string): void => {
    tasks.push({ type: `${type}-${language}`, prompt: `answer ${language} ${question}`, answer });
  };
  add('place', ask.place, tongue.place[scene.place]);
  const groups = inReadingOrder(scene);
  for (const group of groups) {
    const party = partyOf(group);
    add('exists', ask.exists(group.kind), tongue.yes);
    if (groups.every((other) => other === group || other.kind !== group.kind)) {
      add('count', ask.howMany(group.kind), String(party.count));
      if (group.colour !== null) add('colour', ask.colour(party), tongue.colour[group.colour]);
    }
    const action = actionOf(group);
    if (scene.moving && group.role === null) add('does', ask.does(party), tongue.does(action, party.count));
    if (scene.moving && (action === 'left' || action === 'right' || action === 'up' || action === 'down'))
      add('way', ask.way(party), tongue.way[action]);
  }
  const absent = random.pick(KINDS);
  if (groups.every((group) => group.kind !== absent)) add('exists', ask.exists(absent), tongue.no);
  return tasks;
}
