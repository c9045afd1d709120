const KEY = 'palistream.key';

/** The API key of this tab, forgotten when it is closed; null when none was asked for. */
export function apiKey(): string | null {
  return sessionStorage.getItem(KEY);
}

export function rememberApiKey(key: string): void {
  sessionStorage.setItem(KEY, key);
}

export function forgetApiKey(): void {
  sessionStorage.removeItem(KEY);
}
