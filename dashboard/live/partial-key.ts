/** What a text in writing and its whole have in common. */
export interface WrittenAbout {
  readonly clip: number;
  readonly job?: string;
  readonly task_index?: number;
  readonly ask_id?: string | null;
  readonly prompt?: string;
}

/** Names a text while it is written. Texts of videos belong to a task of a job, those of streams to a prompt. */
export function partialKey({ clip, job, task_index, ask_id, prompt }: WrittenAbout): string {
  return job === undefined ? `${ask_id ?? ''}/${clip}/${prompt ?? ''}` : `${job}/${task_index ?? 0}/${clip}`;
}
