import protobuf from 'protobufjs/light.js';
import { BugError } from '../shared/errors.js';
import { ONNX_SCHEMA } from './onnx-schema.js';

const MODEL = protobuf.Root.fromJSON(ONNX_SCHEMA).lookupType('ModelProto');

/**
 * Encodes a ModelProto, given as a plain object in the names of `ONNX_SCHEMA`.
 * @throws BugError when a field has the wrong type
 */
export function encodeModel(model: Record<string, unknown>): Uint8Array {
  const problem = MODEL.verify(model);
  if (problem !== null) throw new BugError('onnx_encoding', `the ONNX graph cannot be encoded: ${problem}`);
  return MODEL.encode(model).finish();
}
