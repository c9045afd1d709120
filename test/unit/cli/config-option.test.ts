import { expect, it } from 'vitest';
import { configOption } from '../../../src/cli/config-option.js';

it.each([
  [['serve', '--config', 'a.yaml'], 'a.yaml'],
  [['--config=a.yaml', 'serve'], 'a.yaml'],
  [['--config', 'a', 'serve', '--config', 'b'], 'b'],
  [['serve', '--config'], undefined],
  [['ask', 'x.mp4', '--', '--config', 'a'], undefined],
  [['serve'], undefined],
])('finds the file of %j', (argv, file) => {
  expect(configOption(argv)).toBe(file);
});
