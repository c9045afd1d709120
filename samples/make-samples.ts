/** Renders the sample videos and `samples.json`, from `scripts.ts` alone: `npm run samples`. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { composeScript } from '../training/world/compose-script.js';
import { Studio } from '../training/world/render.js';
import { say } from '../training/world/say.js';
import { writeVideo } from '../training/world/write-video.js';
import { SAMPLES } from './scripts.js';

const HEIGHT = 288;
const studio = new Studio(HEIGHT);
const list = [];
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
for (const sample of SAMPLES) {
  const scene = composeScript(sample.script);
  await writeVideo(await studio.film(scene), here(sample.file), {
    height: HEIGHT,
    seconds: 10,
    framesPerSecond: 25,
  });
  const { file, title, questions, stillWrong = [] } = sample;
  list.push({ file, title, caption: say(scene), questions, stillWrong });
  process.stdout.write(`${file}: ${say(scene)}\n`);
}
await writeFile(here('samples.json'), `${JSON.stringify(list, null, 2)}\n`);
