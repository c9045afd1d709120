import { questions } from './ask.js';
import { questionsAbroad } from './ask-abroad.js';
import type { Canvas } from './draw.js';
import { locationTasks } from './locate.js';
import type { Random } from './random.js';
import type { Film } from './render.js';
import { say, sayAtLength, sayShortly } from './say.js';
import type { Scene } from './scene.js';
import type { Task } from './task.js';
import { LANGUAGES } from './tongues/tongue.js';
import type { VisibleBox } from './visible-boxes.js';

/**
 * How often training asks for something that is not there. Seldom: while a place is not known well, each of many
 * locations has a small chance, and `<eos>`, a place for nothing, would be the likeliest of all.
 */
const ABSENCE = 0.05;

const ABROAD = ['es', 'de', 'fr'] as const;

export function captionTask(scene: Scene, language: (typeof LANGUAGES)[number] = 'en'): Task {
  return { type: `caption-${language}`, prompt: `caption ${language}`, answer: say(scene, language) };
}

/** The text on the sign, nothing where there is none. */
export function ocrTask(scene: Scene): Task {
  return { type: 'ocr', prompt: 'ocr', answer: scene.sign?.text ?? '' };
}

/** A question to be made of its answer: the first wording is the one that is learned. */
function questionTask(asked: Task): Task {
  return {
    type: 'question',
    prompt: `question en ${asked.answer}`,
    answer: asked.prompt.replace('answer en ', ''),
  };
}

/** One task of a family, null where the scene gives none. */
type Family = (random: Random) => Task | null;

/** Rare types of question come as often as frequent ones. */
function oneOfTypes(random: Random, tasks: readonly Task[]): Task | null {
  if (tasks.length === 0) return null;
  const type = random.pick([...new Set(tasks.map((task) => task.type))]);
  return random.pick(tasks.filter((task) => task.type === type));
}

function wordFamilies(scene: Scene): [number, Family][] {
  return [
    [3, () => captionTask(scene)],
    [2.4, (random) => captionTask(scene, random.pick(ABROAD))],
    [
      0.3,
      (random) => {
        const language = random.pick(LANGUAGES);
        return { type: 'cap', prompt: `cap ${language}`, answer: sayShortly(scene, language) };
      },
    ],
    [
      0.3,
      (random) => {
        const language = random.pick(LANGUAGES);
        return { type: 'describe', prompt: `describe ${language}`, answer: sayAtLength(scene, language) };
      },
    ],
    [8, (random) => oneOfTypes(random, questions(scene, random))],
    [
      3,
      (random) =>
        oneOfTypes(
          random,
          questions(scene, random).filter(({ type }) => type === 'count' || type === 'total'),
        ),
    ],
    [0.8, (random) => oneOfTypes(random, questionsAbroad(scene, random, random.pick(ABROAD)))],
    [
      0.15,
      (random) => {
        const asked = oneOfTypes(random, questions(scene, random));
        return asked === null ? null : questionTask(asked);
      },
    ],
    [scene.sign === null ? 0.15 : 2.5, () => ocrTask(scene)],
  ];
}

/** Different tasks about a clip or, where its boxes are known, about a picture. */
export function chooseTasks(
  film: Film,
  random: Random,
  count: number,
  picture: { readonly canvas: Canvas; readonly boxes: readonly (VisibleBox | null)[] } | null,
): Task[] {
  const { scene } = film;
  const families = wordFamilies(scene);
  if (picture !== null) {
    const located = locationTasks(film, picture.canvas, picture.boxes, random, ABSENCE);
    for (const [weight, type] of [
      [5, 'detect'],
      [10, 'segment'],
      [1.2, 'refer'],
    ] as const) {
      const ofType = located.filter((task) => task.type === type);
      families.push([ofType.length > 0 ? weight : 0, (from) => from.pick(ofType)]);
    }
  }
  const chosen: Task[] = [];
  for (let attempt = 0; chosen.length < count; attempt++) {
    const family = families[random.weighted(families.map(([weight]) => weight))];
    const task = family?.[1](random) ?? null;
    if (task === null || (attempt < 30 && chosen.some((other) => other.prompt === task.prompt))) continue;
    chosen.push(task);
  }
  return chosen;
}
