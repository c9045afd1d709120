/** Engines that can be measured beside this project's own, when their packages are installed. */
export const PEER_NAMES = ['transformers.js-fp32', 'transformers.js-q4', 'llama.cpp-q4_0'] as const;
export type PeerName = (typeof PEER_NAMES)[number];
