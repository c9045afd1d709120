import type { CheckpointTensor } from './checkpoint.js';

/** Whether the bytes in the file are the float32 numbers that are used, so that nothing has to be converted. */
export function isReadyFloat32({ dtype, layout, update }: CheckpointTensor): boolean {
  return dtype === 'F32' && layout === undefined && update === undefined;
}
