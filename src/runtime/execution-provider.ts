/** What onnxruntime computes on. */
export const EXECUTION_PROVIDERS = ['cpu', 'cuda', 'webgpu', 'coreml', 'dml'] as const;
export type ExecutionProvider = (typeof EXECUTION_PROVIDERS)[number];

/** A library's file name in a message of the loader: `libcublasLt.so.12`, `cudnn64_9.dll`. */
const LIBRARY = /[\w+.-]+\.(?:so(?:\.\d+)*|dll|dylib)\b/g;

/**
 * Which library or device a provider lacks here, for people.
 *
 * onnxruntime names the library in its log only, so what is usual for the platform is told where its message does
 * not say it.
 */
export function missingLibrary(
  provider: Exclude<ExecutionProvider, 'cpu'>,
  machine: { readonly platform: string; readonly arch: string },
  message: string,
): string {
  const named = message.match(LIBRARY)?.at(-1);
  if (named !== undefined) return `${named} is missing`;
  switch (provider) {
    case 'cuda':
      return machine.platform === 'linux' && machine.arch === 'x64'
        ? 'libonnxruntime_providers_cuda.so is missing, or the libraries it needs (CUDA 12: libcublasLt.so.12, ' +
            'libcudart.so.12; cuDNN 9: libcudnn.so.9)'
        : 'libonnxruntime_providers_cuda.so is made for Linux on x64 only';
    case 'webgpu':
      return machine.platform === 'linux'
        ? 'no graphics adapter answers: libvulkan.so.1 and the driver of the card are needed'
        : 'no graphics adapter answers: its driver is needed';
    case 'coreml':
      return 'CoreML.framework is there on macOS only';
    case 'dml':
      return 'DirectML.dll is there on Windows only';
  }
}
