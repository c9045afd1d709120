import { LiveLink } from './live-link.js';
import { openSocket } from './open-socket.js';

/** The page's link: one WebSocket, however many topics are followed. */
export const pageLink = new LiveLink(openSocket);
