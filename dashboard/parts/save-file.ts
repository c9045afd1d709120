import { ApiError } from '../api/api-error.js';
import { apiKey } from '../api/api-key.js';

/** Fetches a file of the server and hands it to the browser to be saved. @throws ApiError */
export async function saveFile(path: string, name: string): Promise<void> {
  const key = apiKey();
  const response = await fetch(path, key === null ? {} : { headers: { authorization: `Bearer ${key}` } });
  if (!response.ok) {
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    throw new ApiError(response.status, error.code, error.message);
  }
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
