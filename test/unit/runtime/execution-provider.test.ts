import { describe, expect, it } from 'vitest';
import { missingLibrary } from '../../../src/runtime/execution-provider.js';

const LINUX = { platform: 'linux', arch: 'x64' };

describe('missingLibrary', () => {
  it.each([
    ['error: libcublasLt.so.12: cannot open shared object file', 'libcublasLt.so.12 is missing'],
    [
      'Failed to load library /x/libonnxruntime_providers_cuda.so with error: libcudnn.so.9: no',
      'libcudnn.so.9',
    ],
    ['LoadLibrary failed with error 126 loading "cudnn64_9.dll"', 'cudnn64_9.dll'],
  ])('names the library of the message: %s', (message, library) => {
    expect(missingLibrary('cuda', LINUX, message)).toContain(library);
  });

  it.each([
    ['cuda', LINUX, 'libonnxruntime_providers_cuda.so is missing'],
    ['cuda', { platform: 'darwin', arch: 'arm64' }, 'made for Linux on x64 only'],
    ['webgpu', LINUX, 'libvulkan.so.1'],
    ['webgpu', { platform: 'win32', arch: 'x64' }, 'driver'],
    ['coreml', LINUX, 'CoreML.framework'],
    ['dml', LINUX, 'DirectML.dll'],
  ] as const)('tells what %s needs on %j when the message does not', (provider, machine, library) => {
    expect(missingLibrary(provider, machine, 'no available backend found')).toContain(library);
  });
});
