/**
 * The text beside a file that was fetched into a folder: commit, checksum and seconds, a line each.
 * Source: huggingface_hub, `_local_folder.py`.
 */
export function downloadRecord(commit: string, checksum: string, seconds: number): string {
  return `${commit}\n${checksum}\n${seconds}\n`;
}

/** The checksum such a text tells; null when it is none. */
export function recordedChecksum(text: string): string | null {
  const [commit = '', checksum = ''] = text.split('\n');
  return /^[0-9a-f]{40}$/.test(commit) && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(checksum) ? checksum : null;
}
