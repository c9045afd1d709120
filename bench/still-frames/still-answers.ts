import { openEngine } from '../../src/model/engine.js';
import type { SceneRequest } from '../precision/scene-requests.js';

/** What a model answers when still frames share tokens. */
export interface StillAnswers {
  readonly texts: readonly string[];
  /** Share of the different frames that went through the vision tower. */
  readonly encoded: number;
}

export interface StillSettings {
  readonly directory: string;
  readonly cacheDirectory: string;
  readonly threads: number;
}

/** Answers all requests greedily, each scene being a stream of its own. */
export async function stillAnswers(
  requests: readonly SceneRequest[],
  stillThreshold: number,
  settings: StillSettings,
): Promise<StillAnswers> {
  const engine = await openEngine({
    ...settings,
    ...{ precision: 'f32', imageTokenCacheBytes: 1e9, stillThreshold },
    onWarning: (message) => process.stderr.write(`${message}\n`),
  });
  try {
    const texts: string[] = [];
    const keys = new Set<string>();
    for (const { frames, prompt } of requests) {
      for (const { key } of frames) keys.add(key);
      const stream = frames[0]?.key ?? '';
      const options = { sampling: { kind: 'greedy' }, maxNewTokens: 24, topLogprobs: 0 } as const;
      for await (const event of engine.generate({ frames, prompt, options, stream })) {
        if (event.kind === 'done') texts.push(event.generation.text);
      }
    }
    return { texts, encoded: engine.encodedFrames / keys.size };
  } finally {
    await engine.close();
  }
}
