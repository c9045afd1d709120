/** Puts the name its sender gave a file in the place of its path on this machine, as errors go back to the sender. */
export function hidePath(error: unknown, path: string, name: string): unknown {
  if (error instanceof Error) error.message = error.message.replaceAll(path, () => name);
  return error;
}
