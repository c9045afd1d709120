/** The most this project reads of an npz archive, each with its reason. */

/** Bytes of the archive: Google's vae-oid.npz, encoder included, has 8 MB. */
export const MAX_NPZ_BYTES = 64 << 20;

/** Arrays in one archive: vae-oid.npz has 49. */
export const MAX_NPZ_ENTRIES = 1024;

/** Bytes of all arrays that are read, unpacked: those of the decoder take 5 MB. */
export const MAX_NPZ_UNPACKED_BYTES = 64 << 20;

/** How many times larger an array may be than its packed bytes: weights shrink by a tenth, an array of zeros 1,000 times. */
export const MAX_NPZ_RATIO = 250;

/** Arrays up to this size may be packed as tightly as they like: a bias of zeros is one. */
export const NPZ_RATIO_FREE_BYTES = 1 << 16;

/** Characters of an entry's name: the longest real one has 24. */
export const MAX_NPZ_NAME_LENGTH = 256;

/** Bytes of an array's header: numpy writes 118 for any shape of ours. */
export const MAX_NPY_HEADER_BYTES = 4096;
