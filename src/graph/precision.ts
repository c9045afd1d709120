/**
 * Number types of a model.
 *
 * - `f32`: every number as the reference computes it.
 * - `int8`: weights of all linear layers in 8 bits, activations in 8 bits with a scale for each row.
 * - `int4`: the decoder's in 4 bits; the vision tower as in `int8`, which is faster there than 4 bits and closer.
 */
export type Precision = 'f32' | 'int8' | 'int4';
