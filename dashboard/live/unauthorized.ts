/** The server's close code for a client without a key that counts. */
export const UNAUTHORIZED = 4001;
