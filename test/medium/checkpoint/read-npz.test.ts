import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findMaskDecoder } from '../../../src/checkpoint/find-mask-decoder.js';
import {
  MAX_NPZ_BYTES,
  MAX_NPZ_ENTRIES,
  MAX_NPZ_NAME_LENGTH,
  MAX_NPZ_UNPACKED_BYTES,
} from '../../../src/checkpoint/npz-limits.js';
import { readNpz } from '../../../src/checkpoint/read-npz.js';
import { CheckpointError } from '../../../src/shared/errors.js';
import { npy, npyHeader, npz, type NpzEntry } from '../../fixtures/checkpoint/npz.js';

const FIXTURES = 'test/fixtures/checkpoint';
const A: NpzEntry = { name: 'a', shape: [2, 2], data: Float32Array.of(1, -2, 3.5, 4) };

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'npz-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

async function fileWith(bytes: Uint8Array): Promise<string> {
  const file = join(await folder(), 'some.npz');
  await writeFile(file, bytes);
  return file;
}

/** Code and message with which an archive is refused when `a` is wanted. */
async function refusal(bytes: Uint8Array) {
  const file = await fileWith(bytes);
  const thrown: unknown = await readNpz(file, new Set(['a'])).then(
    () => 'it was read',
    (error: unknown) => error,
  );
  if (!(thrown instanceof CheckpointError)) throw new Error(`it was not refused: ${String(thrown)}`);
  expect(thrown.message).toContain(file);
  expect(thrown.message).not.toContain('\n');
  return { code: thrown.code, message: thrown.message };
}

/** The last record says that the entries are listed somewhere else. */
function movedDirectory(archive: Buffer): Buffer {
  archive.writeUInt32LE(1, archive.length - 6);
  return archive;
}

describe('readNpz', () => {
  it.each(['stored', 'deflated'])('reads what numpy wrote, %s', async (how) => {
    const arrays = await readNpz(`${FIXTURES}/numpy-${how}.npz`, new Set(['a', 'b.weight', 'scalar', 'no']));
    expect([...arrays.keys()].sort()).toEqual(['a', 'b.weight', 'scalar']);
    expect(arrays.get('a')).toEqual({ shape: [2, 3], data: Float32Array.of(0, 0.25, 0.5, 0.75, 1, 1.25) });
    expect(arrays.get('scalar')).toEqual({ shape: [], data: Float32Array.of(2.5) });
    // In the file this one is float16, the first index fastest.
    expect(arrays.get('b.weight')).toEqual({
      shape: [2, 3, 4],
      data: Float32Array.from({ length: 24 }, (_, i) => i / 8),
    });
  });

  it('does not touch arrays that are not wanted, whatever is wrong with them', async () => {
    const broken: NpzEntry = { ...A, name: 'encoder', bytes: Buffer.from('nonsense'), told: { crc: 1 } };
    const arrays = await readNpz(await fileWith(npz([broken, { ...A, deflated: true }])), new Set(['a']));
    expect(arrays.get('a')?.data).toEqual(A.data);
    expect(arrays.size).toBe(1);
  });

  const zeros = Buffer.alloc(1 << 20);
  it.each<[string, () => Uint8Array, string, RegExp]>([
    ['an empty file', () => new Uint8Array(), 'npz_archive', /End of central directory/],
    ['another file', () => Buffer.from('<html>'.repeat(99)), 'npz_archive', /End of central directory/],
    ['a truncated archive', () => npz([A]).subarray(0, -30), 'npz_archive', /End of central directory/],
    ['a directory that points nowhere', () => movedDirectory(npz([A])), 'npz_archive', /./],
    ['an array twice', () => npz([A, A]), 'npz_archive', /"a" twice/],
    [
      'a wrong checksum',
      () => npz([{ ...A, told: { crc: 5 } }]),
      'npz_archive',
      /"a.npy" has another checksum/,
    ],
    [
      'a path out of the archive',
      () => npz([{ ...A, told: { fileName: '../a.npy' } }]),
      'npz_archive',
      /\.\./,
    ],
    ['an absolute path', () => npz([{ ...A, told: { fileName: '/a.npy' } }]), 'npz_archive', /absolute path/],
    ['a Windows path', () => npz([{ ...A, told: { fileName: 'x\\a.npy' } }]), 'npz_archive', /invalid char/],
    [
      'a name without end',
      () => npz([{ ...A, name: 'x'.repeat(MAX_NPZ_NAME_LENGTH) }]),
      'npz_archive',
      /name has 260 characters/,
    ],
    [
      'too many entries',
      () => npz(Array.from({ length: MAX_NPZ_ENTRIES + 1 }, (_, i) => ({ ...A, name: `x${i}` }))),
      'npz_archive',
      /1025 entries/,
    ],
    [
      'a bomb',
      () => npz([{ ...A, bytes: zeros, deflated: true }]),
      'npz_archive',
      /"a.npy" unpacks \d+ bytes/,
    ],
    [
      'a bomb that hides its size',
      () => npz([{ ...A, bytes: zeros, deflated: true, told: { unpacked: 1000 } }]),
      'npz_archive',
      /"a.npy" cannot be unpacked.*too many bytes/,
    ],
    [
      'a size that is not there',
      () => npz([{ ...A, deflated: true, told: { unpacked: 5000 } }]),
      'npz_archive',
      /"a.npy" cannot be unpacked.*not enough bytes/,
    ],
    [
      'more than is read',
      () => npz([{ ...A, deflated: true, told: { unpacked: MAX_NPZ_UNPACKED_BYTES + 1 } }]),
      'npz_archive',
      /at most 67108864 are read/,
    ],
    ['no array', () => npz([{ ...A, bytes: Buffer.from('PK?') }]), 'npz_array', /"a" is no numpy array/],
    [
      'numbers of another type',
      () => npz([{ ...A, bytes: npy(npyHeader('<i8', [1]), Buffer.alloc(8)) }]),
      'npz_array',
      /"a" holds numbers of type "<i8"/,
    ],
    [
      'numbers the other way round',
      () => npz([{ ...A, bytes: npy(npyHeader('>f4', [1]), Buffer.alloc(4)) }]),
      'npz_array',
      />f4/,
    ],
    [
      'fewer numbers than the shape says',
      () => npz([{ ...A, bytes: npy(npyHeader('<f4', [3]), Buffer.alloc(8)) }]),
      'npz_array',
      /needs 12 bytes for its shape \[3\], and has 8/,
    ],
    [
      'more numbers than the shape says',
      () => npz([{ ...A, bytes: npy(npyHeader('<f4', [1]), Buffer.alloc(8)) }]),
      'npz_array',
      /needs 4 bytes/,
    ],
  ])('refuses %s in one sentence that names it', async (_, bytes, code, named) => {
    const refused = await refusal(bytes());
    expect(refused).toMatchObject({ code });
    expect(refused.message).toMatch(named);
  });

  it('refuses a file larger than any decoder before reading it', async () => {
    const file = await fileWith(new Uint8Array());
    await writeFile(file, Buffer.alloc(MAX_NPZ_BYTES + 1));
    await expect(readNpz(file, new Set(['a']))).rejects.toMatchObject({ code: 'checkpoint_file_too_large' });
  });

  it('reads or refuses every file with one byte changed, and throws nothing else', async () => {
    const whole = await readFile(`${FIXTURES}/numpy-deflated.npz`);
    const file = await fileWith(whole);
    const wanted = new Set(['a', 'b.weight']);
    const truth = await readNpz(file, wanted);
    for (let i = 0; i < whole.length; i += 7) {
      const changed = Buffer.from(whole);
      changed.writeUInt8(changed.readUInt8(i) ^ (1 << (i % 8)), i);
      await writeFile(file, changed);
      const read = await readNpz(file, wanted).catch((error: unknown) => error);
      if (read instanceof CheckpointError) continue;
      expect(read).toBeInstanceOf(Map);
      for (const [name, array] of read as typeof truth) expect(array).toEqual(truth.get(name));
    }
  });
});

describe('findMaskDecoder', () => {
  it("takes the model's own before Google's, and the one that is named before both", async () => {
    const model = await folder();
    expect(await findMaskDecoder(model)).toBeNull();
    await writeFile(join(model, 'vae-oid.npz'), '');
    expect(await findMaskDecoder(model)).toBe(join(model, 'vae-oid.npz'));
    await writeFile(join(model, 'mask-decoder.npz'), '');
    expect(await findMaskDecoder(model)).toBe(join(model, 'mask-decoder.npz'));
    const other = await fileWith(new Uint8Array());
    expect(await findMaskDecoder(model, other)).toBe(other);
  });

  it('refuses a named one that is not there', async () => {
    const model = await folder();
    for (const named of [join(model, 'none.npz'), model]) {
      await expect(findMaskDecoder(model, named)).rejects.toMatchObject({
        code: 'checkpoint_file_missing',
        message: expect.stringContaining(named) as string,
      });
    }
  });
});
