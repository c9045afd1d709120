import { unreachable } from '../api/api-error.js';
import { apiKey } from '../api/api-key.js';
import { refusalOf } from '../api/refusal-of.js';

/** Fetches a file of the server and hands it to the browser to be saved. @throws ApiError */
export async function saveFile(path: string, name: string): Promise<void> {
  const { response, file } = await fileAt(path).catch(() => {
    throw unreachable();
  });
  if (!response.ok) throw refusalOf(response.status, await file.text());
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

async function fileAt(path: string): Promise<{ response: Response; file: Blob }> {
  const key = apiKey();
  const response = await fetch(path, key === null ? {} : { headers: { authorization: `Bearer ${key}` } });
  return { response, file: await response.blob() };
}
