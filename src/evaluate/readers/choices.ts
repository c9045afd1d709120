/** Answers to choose from as the prompts of A-OKVQA and AI2D hold them: tabs between, with blanks around. */
export function choices(answers: readonly string[]): string {
  return answers.join(' \t ');
}
