import type { Box } from '../../src/evaluate/boxes/box.js';
import type { ToonItem, ToonTruth } from '../../src/evaluate/toon/toon-item.js';
import { PIXEL_AXES, tensor } from '../../src/shared/tensor.js';
import { questions } from './ask.js';
import { ocrTask } from './choose-tasks.js';
import { composeClip } from './compose-clip.js';
import { composePicture } from './compose-picture.js';
import type { Canvas } from './draw.js';
import { facts } from './facts.js';
import { locationTasks } from './locate.js';
import { Random } from './random.js';
import { newCanvas, render, Studio, type Film } from './render.js';
import { captions, actionOf } from './say.js';
import type { Scene } from './scene.js';
import { statement } from './statement.js';
import type { Task } from './task.js';
import { LANGUAGES, type Language } from './tongues/tongue.js';
import { BACKWARDS } from './vocabulary.js';
import { visibleBoxes, type VisibleBox } from './visible-boxes.js';

const FRAMES = 8;

/** Which scenes to ask about: `items` of each type, seeds from `seed` on; training begins at 1,000,000. */
export interface ExaminationPlan {
  readonly seed: number;
  readonly items: number;
  /** The model's picture, in pixels each way. */
  readonly size: number;
  /** Only these types; all when left out. */
  readonly types?: readonly string[] | undefined;
}

type Shown = Pick<ToonItem, 'frames'> & { readonly canvas: Canvas; readonly film: Film };

/** Renders what is asked about. */
class Screen {
  readonly #studio: Studio;

  constructor(private readonly size: number) {
    this.#studio = new Studio(size);
  }

  async show(scene: Scene): Promise<Shown> {
    const film = await this.#studio.film(scene);
    const canvas = newCanvas(this.size, this.size);
    const moments = scene.moving ? Array.from({ length: FRAMES }, (_, f) => f / FRAMES) : [0];
    const frames = moments.map((u, index) => {
      render(film, u, canvas);
      const key = `${scene.moving ? 'clip' : 'picture'}/${scene.seed}/${index}`;
      return { key, pixels: tensor(PIXEL_AXES, [this.size, this.size, 3], canvas.rgb.slice()) };
    });
    return { frames, canvas, film };
  }
}

/** Makes the items of a scene of one type; none where the scene has nothing of the kind. */
type Examiner = (seed: number, screen: Screen) => Promise<ToonItem[]>;

function captionExaminer(language: Language, compose: (seed: number) => Scene): Examiner {
  return async (seed, screen) => {
    const scene = compose(seed);
    const type = scene.moving ? `caption-${language}` : `caption-picture-${language}`;
    const { frames } = await screen.show(scene);
    const truth = { kind: 'caption' as const, facts: facts(scene, language) };
    const references = captions(scene, language);
    return [
      { id: `${type}/${seed}`, type, frames, prompt: `caption ${language}`, references, truth, language },
    ];
  };
}

/** One question of a scene, every type of question as likely. */
function answerExaminer(
  type: string,
  compose: (seed: number) => Scene,
  only: (task: Task) => boolean,
): Examiner {
  return async (seed, screen) => {
    const scene = compose(seed);
    const random = new Random(seed ^ 0x2545f491);
    const asked = questions(scene, random).filter(only);
    if (asked.length === 0) return [];
    const kind = random.pick([...new Set(asked.map((task) => task.type))]);
    const task = random.pick(asked.filter((other) => other.type === kind));
    const { frames } = await screen.show(scene);
    const truth = { kind: type === 'count' ? ('count' as const) : ('answer' as const) };
    return [{ id: `${type}/${seed}`, type, frames, prompt: task.prompt, references: [task.answer], truth }];
  };
}

/** The same question about a clip as it is and played backwards: both must be right. */
const order: Examiner = async (seed, screen) => {
  const scene = composeClip(seed);
  const [group] = scene.groups;
  if (group === undefined || scene.groups.length > 1) return [];
  const action = actionOf(group);
  if (BACKWARDS[action] === action) return [];
  const random = new Random(seed);
  const task = questions(scene, random).find(({ type }) => type === 'does');
  if (task === undefined) return [];
  const { frames } = await screen.show(scene);
  const truth = { kind: 'pair' as const, pair: String(seed) };
  const backwards = questions(
    {
      ...scene,
      groups: [{ ...group, members: group.members.map((each) => ({ ...each, action: BACKWARDS[action] })) }],
    },
    new Random(seed),
  ).find(({ type }) => type === 'does');
  const one = { type: 'answer-order', prompt: task.prompt, truth };
  return [
    { ...one, id: `answer-order/${seed}/forwards`, frames, references: [task.answer] },
    {
      ...one,
      id: `answer-order/${seed}/backwards`,
      frames: [...frames].reverse(),
      references: [backwards?.answer ?? ''],
    },
  ];
};

/** A box in shares of the picture. */
function share(box: VisibleBox | null | undefined, width: number, height: number): Box {
  if (box == null) throw new RangeError('a thing that is not seen cannot be asked for');
  return {
    top: box.top / height,
    left: box.left / width,
    bottom: box.bottom / height,
    right: box.right / width,
  };
}

/** One `detect` or `segment` prompt about what is in a picture. */
function locationExaminer(type: 'detect' | 'segment'): Examiner {
  return async (seed, screen) => {
    const { frames, canvas, film } = await screen.show(composePicture(seed));
    const boxes = visibleBoxes(canvas, film.actors.length);
    const random = new Random(seed);
    const tasks = locationTasks(film, canvas, boxes, random).filter(
      (task) => task.type === type && task.answer !== '',
    );
    if (tasks.length === 0) return [];
    const { prompt, things } = random.pick(tasks);
    const { width, height } = canvas;
    const found = things ?? [];
    const truth: ToonTruth =
      type === 'detect'
        ? {
            kind: 'boxes',
            boxes: found.map(({ actor, label }) => ({ label, box: share(boxes[actor], width, height) })),
          }
        : {
            kind: 'masks',
            masks: found.map(({ actor, label }) => ({
              label,
              mask: { width, height, data: canvas.owner.map((owner) => (owner === actor + 1 ? 1 : 0)) },
            })),
          };
    return [{ id: `${type}/${seed}`, type, frames, prompt, references: [], truth }];
  };
}

const ocr: Examiner = async (seed, screen) => {
  const scene = composePicture(seed);
  if (scene.sign === null) return [];
  const { frames } = await screen.show(scene);
  const { prompt, answer } = ocrTask(scene);
  return [{ id: `ocr/${seed}`, type: 'ocr', frames, prompt, references: [answer], truth: { kind: 'words' } }];
};

const twoPictures: Examiner = async (seed, screen) => {
  const pair = [composePicture(2 * seed), composePicture(2 * seed + 1)] as const;
  const { prompt, answer } = statement(...pair, new Random(seed));
  const frames = (await Promise.all(pair.map((scene) => screen.show(scene)))).flatMap(
    (shown) => shown.frames,
  );
  return [
    {
      id: `statement/${seed}`,
      type: 'statement',
      frames,
      prompt,
      references: [answer],
      truth: { kind: 'statement' },
    },
  ];
};

const EXAMINERS: Readonly<Record<string, Examiner>> = {
  ...Object.fromEntries(
    LANGUAGES.map((language) => [`caption-${language}`, captionExaminer(language, composeClip)]),
  ),
  'caption-picture-en': captionExaminer('en', composePicture),
  'answer-picture': answerExaminer('answer-picture', composePicture, () => true),
  'answer-clip': answerExaminer('answer-clip', composeClip, () => true),
  'answer-order': order,
  count: answerExaminer('count', composePicture, ({ type }) => type === 'count' || type === 'total'),
  detect: locationExaminer('detect'),
  segment: locationExaminer('segment'),
  ocr,
  statement: twoPictures,
};
export const EXAMINATION_TYPES = Object.keys(EXAMINERS);

/**
 * Asks everything the toon world has the truth of, type after type.
 * @throws RangeError for a type that there is none of
 */
export async function* examination({
  seed,
  items,
  size,
  types = EXAMINATION_TYPES,
}: ExaminationPlan): AsyncGenerator<ToonItem> {
  const screen = new Screen(size);
  for (const type of types) {
    const examiner = EXAMINERS[type];
    if (examiner === undefined)
      throw new RangeError(`there is no task ${type}: take one of ${EXAMINATION_TYPES.join(', ')}`);
    for (let next = seed, asked = 0; asked < items; next++) {
      const made = await examiner(next, screen);
      if (made.length > 0) asked++;
      yield* made;
    }
  }
}
