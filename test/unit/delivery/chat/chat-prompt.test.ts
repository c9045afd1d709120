import { expect, it } from 'vitest';
import { chatPrompt } from '../../../../src/delivery/chat/chat-prompt.js';

it.each([
  'caption en',
  'cap zh-hans',
  'describe fil',
  'ocr',
  'answer es ¿qué hay?',
  'answer en both pictures show a dog',
  'question en a cow',
  'detect cow ; dog',
  'segment the cow',
])('leaves the prompt %j as it is', (text) => {
  expect(chatPrompt(text)).toBe(text);
});

it.each([
  'what color is the car?',
  'describe the video',
  'caption',
  'Caption this',
  'answer mankind',
  'ocr this',
  'detective',
])('asks %j as a question', (text) => {
  expect(chatPrompt(text)).toBe(`answer en ${text}`);
});
