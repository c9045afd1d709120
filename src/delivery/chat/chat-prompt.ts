/** Prompts PaliGemma was trained on; see docs/tasks.md. */
const LANGUAGE = '(?:[a-z]{2}|fil|quz)(?:-[a-z]{2,4})?';
const TASKS = new RegExp(
  `^(?:ocr|(?:caption|cap|describe) ${LANGUAGE}|(?:answer|question) ${LANGUAGE} \\S.*|(?:detect|segment) \\S.*)$`,
  's',
);

/** The prompt of a user's words: a task of PaliGemma as it is, anything else asked as a question in English. */
export function chatPrompt(text: string): string {
  return TASKS.test(text) ? text : `answer en ${text}`;
}
