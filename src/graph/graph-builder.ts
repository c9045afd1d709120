import { encodeModel } from './encode-model.js';
import { ATTRIBUTE_TYPE, ELEMENT_BYTES, ELEMENT_TYPE, EXTERNAL, type ElementType } from './onnx-schema.js';
import type { WeightLocation } from './weights.js';

/** onnxruntime's own operators. */
export const MICROSOFT = 'com.microsoft';

// What onnxruntime 1.30 reads; nothing newer than opset 17 is used (LayerNormalization).
const IR_VERSION = 8;
const OPSET = 17;

/** A bare number is a float attribute. */
export type Attribute =
  | number
  | string
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly graph: object };

export interface NodeOptions {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly domain?: string;
  /** Name of the first output; made up when it is not given. */
  readonly output?: string;
}

/** Adds the nodes of a branch and says which value is its result. */
export type BranchBody = (branch: GraphBuilder) => string;

/** Adds the nodes for one entry of each series and says which value is its result. */
export type EntryBody = (branch: GraphBuilder, entries: readonly string[]) => string;

/** A value `[n, ...]` that is gone through entry by entry. */
export interface Series {
  readonly value: string;
  readonly type: ElementType;
}

/** A number is a fixed size, a word a size that is known when the graph runs. */
export type Dimension = number | string;

/** Collects nodes, weights, inputs and outputs of one ONNX graph; values are known by their names. */
export class GraphBuilder {
  readonly #name: string;
  readonly #nodes: object[] = [];
  readonly #initializers: Map<string, object>;
  readonly #inputs: object[] = [];
  readonly #outputs: object[] = [];
  readonly #isBranch: boolean;
  #branches = 0;

  /** `outer` is given for a branch: it shares the weights and constants of the graph around it. */
  constructor(name: string, outer?: GraphBuilder) {
    this.#name = name;
    this.#isBranch = outer !== undefined;
    this.#initializers = outer === undefined ? new Map<string, object>() : outer.#initializers;
  }

  input(name: string, type: ElementType, shape: readonly Dimension[]): string {
    this.#inputs.push(valueInfo(name, type, shape));
    return name;
  }

  /** Gives a value out under its own name. */
  output(name: string, value: string, shape: readonly Dimension[]): void {
    this.#nodes.push({ opType: 'Identity', input: [value], output: [name], name });
    this.#outputs.push(valueInfo(name, 'float', shape));
  }

  /** Gives out a value that has its name already. */
  namedOutput(name: string, shape: readonly Dimension[]): void {
    this.#outputs.push(valueInfo(name, 'float', shape));
  }

  /** Adds a node with one output. An empty input name leaves an optional input out. */
  node(opType: string, inputs: readonly string[], options: NodeOptions = {}): string {
    const [output] = this.nodeWithOutputs(opType, inputs, [true], options);
    return output ?? '';
  }

  /** Adds a node with several outputs; the ones that are `false` are left out and come back as ''. */
  nodeWithOutputs(
    opType: string,
    inputs: readonly string[],
    wanted: readonly boolean[],
    options: NodeOptions = {},
  ): string[] {
    // Names must differ between a graph and its branches: the branch's name is the prefix.
    const name = `${this.#name}/${opType}_${this.#nodes.length}`;
    const first = options.output ?? `${name}.0`;
    const outputs = wanted.map((isWanted, i) => (isWanted ? (i === 0 ? first : `${name}.${i}`) : ''));
    const attribute = Object.entries(options.attributes ?? {}).map(([key, value]) => attributeOf(key, value));
    this.#nodes.push({
      opType,
      input: [...inputs],
      output: outputs,
      name,
      attribute,
      domain: options.domain ?? '',
    });
    return outputs;
  }

  /** Computes one value in one of two ways; both see every value of this graph. */
  choose(condition: string, whenTrue: BranchBody, whenFalse: BranchBody): string {
    const attributes = { then_branch: this.#branch(whenTrue), else_branch: this.#branch(whenFalse) };
    return this.node('If', [condition], { attributes });
  }

  /**
   * Computes the same for every entry of some series, one entry after the other, and stacks the results: `[n, ...]`
   * comes in and goes out. The body sees every value of this graph.
   */
  forEach(series: readonly Series[], body: EntryBody): string {
    const inner = this.#inner();
    const entries = series.map(({ type }, i) => {
      const name = `${inner.#name}/entry_${i}`;
      inner.#inputs.push({ name, type: { tensorType: { elemType: ELEMENT_TYPE[type] } } });
      return name;
    });
    inner.#result(body(inner, entries));
    const attributes = { body: { graph: inner.#graph() }, num_scan_inputs: { int: series.length } };
    return this.node(
      'Scan',
      series.map(({ value }) => value),
      { attributes },
    );
  }

  /** A weight that stays in its file. The same name twice is the same weight. */
  weight(name: string, location: WeightLocation): string {
    if (!this.#initializers.has(name)) {
      const type = location.type ?? 'float';
      const length = location.shape.reduce((product, size) => product * size, ELEMENT_BYTES[type]);
      const entries = { location: location.path, offset: location.byteOffset, length };
      this.#initializers.set(name, {
        name,
        dims: [...location.shape],
        dataType: ELEMENT_TYPE[type],
        dataLocation: EXTERNAL,
        externalData: Object.entries(entries).map(([key, value]) => ({ key, value: String(value) })),
      });
    }
    return name;
  }

  /** Small numbers written into the graph itself. */
  floats(name: string, shape: readonly number[], values: Float32Array): string {
    return this.#inline(name, 'float', shape, values);
  }

  /** A few bytes written into the graph itself; `[]` as shape makes a scalar. */
  bytes(name: string, shape: readonly number[], values: Uint8Array): string {
    return this.#inline(name, 'uint8', shape, values);
  }

  /** A shape, an index or the like; `[]` as shape makes a scalar. */
  integers(values: readonly number[], shape: readonly number[] = [values.length]): string {
    const name = `int64_${values.join('_')}_of_${shape.join('_')}`;
    return this.#inline(name, 'int64', shape, BigInt64Array.from(values, BigInt));
  }

  scalar(value: number): string {
    return this.#inline(`float_${value}`, 'float', [], Float32Array.of(value));
  }

  /** The model, encoded; weights are not in it. */
  build(): Uint8Array {
    return encodeModel({
      irVersion: IR_VERSION,
      producerName: 'palistream',
      opsetImport: [
        { domain: '', version: OPSET },
        { domain: MICROSOFT, version: 1 },
      ],
      graph: this.#graph(),
    });
  }

  #graph(): object {
    return {
      name: this.#name,
      node: this.#nodes,
      initializer: this.#isBranch ? [] : [...this.#initializers.values()],
      input: this.#inputs,
      output: this.#outputs,
    };
  }

  #branch(body: BranchBody): Attribute {
    const inner = this.#inner();
    inner.#result(body(inner));
    return { graph: inner.#graph() };
  }

  #inner(): GraphBuilder {
    return new GraphBuilder(`${this.#name}/${this.#branches++}`, this);
  }

  #result(value: string): void {
    this.#outputs.push({ name: value, type: { tensorType: { elemType: ELEMENT_TYPE.float } } });
  }

  #inline(
    name: string,
    type: ElementType,
    dims: readonly number[],
    values: Float32Array | Uint8Array | BigInt64Array,
  ) {
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.#initializers.set(name, { name, dims: [...dims], dataType: ELEMENT_TYPE[type], rawData });
    return name;
  }
}

function valueInfo(name: string, type: ElementType, shape: readonly Dimension[]): object {
  const dim = shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: ELEMENT_TYPE[type], shape: { dim } } } };
}

function attributeOf(name: string, value: Attribute): object {
  if (typeof value === 'number') return { name, type: ATTRIBUTE_TYPE.float, f: value };
  if (typeof value === 'string') return { name, type: ATTRIBUTE_TYPE.string, s: Buffer.from(value) };
  if ('int' in value) return { name, type: ATTRIBUTE_TYPE.int, i: value.int };
  if ('graph' in value) return { name, type: ATTRIBUTE_TYPE.graph, g: value.graph };
  return { name, type: ATTRIBUTE_TYPE.ints, ints: [...value.ints] };
}
