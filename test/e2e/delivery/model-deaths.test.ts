import { map } from 'rxjs';
import { expect, it } from 'vitest';
import type { PipelineEvent } from '../../../src/pipeline/events.js';
import { scriptedTools } from '../../fixtures/delivery/scripted-tools.js';
import { call, idOf, jobOf, untilJob, upload } from './http-calls.js';
import { scriptedServer } from './scripted-server.js';

/** Tools whose model dies over the clip 2, so many times. */
function dyingTools(deaths: number) {
  const tools = scriptedTools();
  let died = 0;
  const orDeath = (event: PipelineEvent): PipelineEvent => {
    if (event.kind !== 'caption' || event.clip !== 2 || died++ >= deaths) return event;
    const { clip, startSeconds, endSeconds } = event;
    const why = { code: 'model_process_died', message: 'the model process died: try again', prompt: 'p' };
    return { kind: 'error', clip, startSeconds, endSeconds, ...why };
  };
  const describe: typeof tools.describe = (...asked) => tools.describe(...asked).pipe(map(orDeath));
  return { ...tools, describe };
}

const plan = { tasks: [{ task: 'captions', window_seconds: 2 }] };

async function work(deaths: number) {
  const { url, services } = await scriptedServer({ tools: dyingTools(deaths) });
  const sent = await upload(url, { clips: 5, seconds: 10 }, plan);
  const job = await untilJob(url, jobOf(sent), 'done', 'failed');
  const kept = await services.store.events.results(jobOf(sent), 0, 100);
  const clips = kept.map(({ event }) => [event.kind, event['clip']]);
  return { job, clips, captions: await call(`${url}/v1/videos/${idOf(sent)}/captions`) };
}

it('looks at a clip again when the model process died over it, and gives every result once', async () => {
  const { job, clips } = await work(2);
  expect(job).toMatchObject({ state: 'done', attempts: 1 });
  expect(clips).toEqual([0, 1, 2, 3, 4].map((clip) => ['caption', clip]));
});

it('takes a clip over which it dies again and again to be the reason, and does the others', async () => {
  const { job, clips } = await work(Infinity);
  expect(job).toMatchObject({ state: 'failed', error: { code: 'clips_incomplete' } });
  expect((job['error'] as { message: string }).message).toContain('1 clips');
  expect(clips).toEqual([0, 1, 2, 3, 4].map((clip) => [clip === 2 ? 'error' : 'caption', clip]));
});
