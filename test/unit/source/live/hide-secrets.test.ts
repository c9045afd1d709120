import { expect, it } from 'vitest';
import { hideSecrets } from '../../../../src/source/live/hide-secrets.js';

it('hides what is known to be secret, wherever it stands', () => {
  expect(hideSecrets('tried hunter2 at rtsp://x/hunter2', ['hunter2'])).toBe('tried *** at rtsp://x/***');
});

it('hides a longer secret before a shorter one that is part of it', () => {
  expect(hideSecrets('hunter22', ['hunter', 'hunter22'])).toBe('***');
});

it('hides credentials and queries of URLs that nobody told it of', () => {
  expect(hideSecrets("Opening 'http://u:p@h:80/a.ts?sig=abc' for reading", [])).toBe(
    "Opening 'http://***@h:80/a.ts?***' for reading",
  );
});
