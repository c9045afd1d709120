import { expect, it } from 'vitest';
import { readiness, type ReadinessFacts } from '../../../../src/delivery/operations/readiness.js';

const model = {
  ...{ name: 'nano', family: 'PaliGemma', precision: 'f32' },
  ...{ parameters: 5, imageSize: 96, tokensPerFrame: 36 },
};
const well: ReadinessFacts = {
  isEnding: false,
  model: { state: 'ready', model },
  storeTrouble: null,
  folderTrouble: null,
  diskFreeBytes: 1e9,
  minFreeBytes: 1e8,
};

it('is ready when nothing is wrong', () => {
  expect(readiness(well).map(({ name, status }) => `${name} ${status}`)).toEqual([
    'server ok',
    'model ok',
    'store ok',
    'disk ok',
  ]);
  expect(readiness({ ...well, diskFreeBytes: null }).every(({ status }) => status === 'ok')).toBe(true);
});

it.each<[Partial<ReadinessFacts>, object]>([
  [{ isEnding: true }, { name: 'server', status: 'ending' }],
  [{ model: { state: 'loading' } }, { name: 'model', status: 'loading' }],
  [{ model: { state: 'restarting', model } }, { name: 'model', status: 'restarting' }],
  [
    { model: { state: 'failed', code: 'checkpoint_config', message: 'damaged' } },
    { name: 'model', status: 'failed', code: 'checkpoint_config', message: 'damaged' },
  ],
  [
    { storeTrouble: { code: 'store_full', message: 'full' } },
    { name: 'store', status: 'store_trouble', code: 'store_full' },
  ],
  [{ folderTrouble: 'EROFS' }, { name: 'store', status: 'store_trouble', code: 'data_folder_unwritable' }],
  [{ diskFreeBytes: 1e8 - 1 }, { name: 'disk', status: 'disk_low', code: 'disk_low' }],
])('with %j says what is wrong', (over, check) => {
  const wrong = readiness({ ...well, ...over }).filter(({ status }) => status !== 'ok');
  expect(wrong).toEqual([expect.objectContaining(check)]);
  expect(wrong[0]?.message).toBeTruthy();
});
