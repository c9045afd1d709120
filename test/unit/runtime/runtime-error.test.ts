import { expect, it } from 'vitest';
import { runtimeError } from '../../../src/runtime/runtime-error.js';

it.each([
  ['Exception during initialization: std::bad_alloc', 'EnvironmentError', 'out_of_memory'],
  ['mmap model.onnx.data failed: Cannot allocate memory', 'EnvironmentError', 'out_of_memory'],
  ['errcode = 1455 - The paging file is too small for this', 'EnvironmentError', 'out_of_memory'],
  [
    'Deserialize tensor w failed.open file "model.onnx.data" failed: Too many open files',
    'EnvironmentError',
    'too_many_open_files',
  ],
  ['open file "model.onnx.data" failed: No such file or directory', 'BugError', 'runtime_failed'],
])('tells what is short from what is damaged: %s', (message, name, code) => {
  expect(runtimeError(new Error(message), 'loading the decoder')).toMatchObject({ name, code });
});
