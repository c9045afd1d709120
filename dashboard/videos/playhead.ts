/** Where a film is, told to whoever watches; only they are drawn anew while it plays. */
export class Playhead {
  readonly #watchers = new Set<() => void>();
  #seconds = 0;
  #film: HTMLVideoElement | null = null;

  get seconds(): number {
    return this.#seconds;
  }

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** The film that `seek` moves; it begins where the playhead is, also before anything of it has come. */
  use(film: HTMLVideoElement | null): void {
    this.#film = film;
    if (film !== null && this.#seconds > 0) film.currentTime = this.#seconds;
  }

  /** To be called when another picture is on screen. */
  tell(seconds: number): void {
    this.#seconds = seconds;
    for (const watcher of this.#watchers) watcher();
  }

  seek(seconds: number): void {
    if (this.#film !== null) this.#film.currentTime = seconds;
    this.tell(seconds);
  }
}
