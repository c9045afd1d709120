import type { Model } from '../model/model.js';
import type { World } from '../pipeline/world.js';
import { watchWorld } from '../pipeline/world-watch.js';
import type { CliContext } from './context.js';
import type { ProgressBar } from './progress-bar.js';

/** What is to be said of the whole video, once: on stderr at once, and in the next line of JSON. */
export class OnceNote {
  private text: string | null = null;

  constructor(
    private readonly stderr: Pick<CliContext['stderr'], 'write'>,
    private readonly quiet: boolean,
    private readonly bar: Pick<ProgressBar, 'hide'>,
  ) {}

  /** The same model; it is watched when it has a world. */
  watch(model: Model, world: World | null): Model {
    if (world === null) return model;
    return watchWorld(model, world, () => {
      this.text = world.note;
      if (this.quiet) return;
      this.bar.hide();
      this.stderr.write(`palistream: note: ${world.note}\n`);
    });
  }

  /** The note when it has not been taken yet. */
  take(): string | null {
    const { text } = this;
    this.text = null;
    return text;
  }
}
