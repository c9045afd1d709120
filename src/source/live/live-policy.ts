import type { LivePlace } from './live-target.js';

/**
 * Whether a live source may be opened. Asked before anything is connected to, and for a playlist's addresses and
 * redirects again.
 * @throws RequestError `stream_url_refused`
 */
export type LivePolicy = (place: LivePlace) => void | Promise<void>;
