import type { Sequence } from '../../../src/language/sequence.js';

/** A sequence whose logits are a function of what was written: no model. */
export class ScriptedSequence implements Sequence {
  readonly #script: (written: readonly number[]) => Float32Array;
  written: readonly number[];
  appended = 0;

  constructor(script: (written: readonly number[]) => Float32Array, written: readonly number[] = []) {
    this.#script = script;
    this.written = written;
  }

  get logits(): Float32Array {
    return this.#script(this.written);
  }

  append(id: number): Promise<void> {
    this.written = [...this.written, id];
    this.appended++;
    return Promise.resolve();
  }

  fork(): ScriptedSequence {
    return new ScriptedSequence(this.#script, this.written);
  }

  become(other: Sequence): void {
    if (other instanceof ScriptedSequence) this.written = other.written;
  }
}
