import { open, stat, type FileHandle } from 'node:fs/promises';
import protobuf from 'protobufjs/light.js';

/** What the packing aligns its parts to, counted from where a packed weight lies in memory. */
const ALIGNMENT = 64;

// Fields of onnx.proto3.
const MODEL_GRAPH = 7;
const GRAPH_INITIALIZER = 5;
const TENSOR_EXTERNAL_DATA = 13;
const ENTRY_KEY = 1;
const ENTRY_VALUE = 2;
const LENGTH_DELIMITED = 2;

/**
 * Mends a model that onnxruntime 1.30 saved with packed weights: packed weights of less than a megabyte are written
 * at any offset, but those of `MatMulNBits` are read right (and not as NaN) only at the alignment they were packed
 * at. Those that lie askew get an aligned copy behind the others, and the model points there.
 *
 * @param model - as saved
 * @param dataFile - path of its external data; what is missing is appended
 * @returns the model to use
 */
export async function alignPrepacked(model: Uint8Array, dataFile: string): Promise<Uint8Array> {
  const moves = new Map<string, { from: number; to: number; length: number }>();
  let end = (await stat(dataFile)).size;
  const place = (offset: string, length: string): string => {
    const from = Number(offset);
    if (from % ALIGNMENT === 0) return `${offset};${length}`;
    const known = moves.get(offset);
    const to = known?.to ?? Math.ceil(end / ALIGNMENT) * ALIGNMENT;
    if (known === undefined) {
      moves.set(offset, { from, to, length: Number(length) });
      end = to + Number(length);
    }
    return `${to};${length}`;
  };
  // `prepacked_N` -> `OPERATOR+HASH|OFFSET;LENGTH;CHECK`, the part behind the bar for each buffer.
  const moved = (value: string) =>
    value.replace(/(?<=\|)(\d+);(\d+)(?=;)/g, (_, from: string, n: string) => place(from, n));
  const mended = editField(model, MODEL_GRAPH, (graph) =>
    editField(graph, GRAPH_INITIALIZER, (tensor) =>
      editField(tensor, TENSOR_EXTERNAL_DATA, (entry) => {
        if (!stringField(entry, ENTRY_KEY).startsWith('prepacked')) return entry;
        return editField(entry, ENTRY_VALUE, (value) => Buffer.from(moved(Buffer.from(value).toString())));
      }),
    ),
  );
  if (moves.size > 0) {
    const handle = await open(dataFile, 'r+');
    try {
      for (const move of moves.values()) await copy(handle, move);
    } finally {
      await handle.close();
    }
  }
  return mended;
}

async function copy(handle: FileHandle, move: { from: number; to: number; length: number }): Promise<void> {
  const bytes = Buffer.alloc(move.length);
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, move.from + done);
    if (bytesRead === 0) throw new Error(`the saved weights end at ${move.from + done}`);
    done += bytesRead;
  }
  for (let done = 0; done < bytes.length;) {
    done += (await handle.write(bytes, done, bytes.length - done, move.to + done)).bytesWritten;
  }
}

/** A message with every length-delimited field of one number changed; all else is kept byte for byte. */
function editField(
  message: Uint8Array,
  field: number,
  edit: (payload: Uint8Array) => Uint8Array,
): Uint8Array {
  const reader = protobuf.Reader.create(message);
  const parts: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const tag = reader.uint32();
    if (tag >>> 3 !== field || (tag & 7) !== LENGTH_DELIMITED) {
      reader.skipType(tag & 7);
      parts.push(message.subarray(start, reader.pos));
      continue;
    }
    parts.push(protobuf.Writer.create().uint32(tag).bytes(edit(reader.bytes())).finish());
  }
  return Buffer.concat(parts);
}

function stringField(message: Uint8Array, field: number): string {
  let found = '';
  editField(message, field, (payload) => {
    found = Buffer.from(payload).toString();
    return payload;
  });
  return found;
}
