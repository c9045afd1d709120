import { type ListFileEntry, listFiles, modelInfo } from '@huggingface/hub';
import { EnvironmentError, messageOf, PalistreamError, throwIfCancelled } from '../../shared/errors.js';
import { MAX_ANSWER_BYTES, MAX_LISTED_FILES, STALL_TIMEOUT_MS } from './hub-limits.js';
import { type HubConnection, hubRequest } from './hub-request.js';
import { hubUnreachable } from './hub-unreachable.js';
import type { RemoteFile, RemoteListing } from './remote-file.js';

/**
 * Asks the Hub which commit a revision is, and which files it has.
 * @throws what `hubRequest` throws; EnvironmentError `hub_answer` when it is not the Hub that answers
 */
export async function listRepository(connection: HubConnection): Promise<RemoteListing> {
  const { name, revision, endpoint: hubUrl } = connection;
  // The library's own type of fetch; the token is added there, to the endpoint's requests only.
  const ask: typeof fetch = (input, init) =>
    wholeAnswer(connection, input instanceof Request ? input.url : input, init?.headers);
  try {
    const info = await modelInfo({ name, revision, hubUrl, fetch: ask, additionalFields: ['sha'] });
    if (!/^[0-9a-f]{40}$/.test(info.sha)) throw answerError(connection, 'a model without a commit');
    const files: RemoteFile[] = [];
    for await (const entry of listFiles({
      repo: { type: 'model', name },
      revision: info.sha,
      recursive: true,
      hubUrl,
      fetch: ask,
    })) {
      if (entry.type === 'file') files.push(remoteFile(entry, connection));
      if (files.length > MAX_LISTED_FILES)
        throw answerError(connection, `more than ${MAX_LISTED_FILES} files`);
    }
    return { name, revision, commit: info.sha, files };
  } catch (error) {
    if (error instanceof PalistreamError) throw error;
    throw answerError(connection, messageOf(error), error);
  }
}

function remoteFile(entry: ListFileEntry, connection: HubConnection): RemoteFile {
  const hex = (entry.lfs?.oid ?? entry.oid ?? '').replace(/^sha256:/, '');
  const bytes = entry.lfs?.size ?? entry.size;
  const algorithm = entry.lfs === undefined ? 'git-sha1' : 'sha256';
  const isHash = (algorithm === 'sha256' ? /^[0-9a-f]{64}$/ : /^[0-9a-f]{40}$/).test(hex);
  if (isHash && Number.isSafeInteger(bytes) && bytes >= 0) {
    return { path: entry.path, bytes, checksum: { algorithm, hex } };
  }
  throw answerError(connection, `a file ${JSON.stringify(entry.path)} without size or checksum`);
}

/** The library reads answers whole: what is too long, is cut or stands still is refused before. */
async function wholeAnswer(
  connection: HubConnection,
  address: string | URL,
  headers: HeadersInit = {},
): Promise<Response> {
  const stalled = new AbortController();
  const response = await hubRequest(connection, address, { headers, signal: stalled.signal });
  const timer = setTimeout(() => {
    stalled.abort(new Error(`nothing came for ${STALL_TIMEOUT_MS / 1000} s`));
  }, STALL_TIMEOUT_MS);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> = response.body ?? new ReadableStream<Uint8Array>();
  try {
    for await (const chunk of body) {
      timer.refresh();
      bytes += chunk.byteLength;
      if (bytes > MAX_ANSWER_BYTES) throw answerError(connection, `more than ${MAX_ANSWER_BYTES} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof PalistreamError) throw error;
    throwIfCancelled(connection.signal);
    throw hubUnreachable(address, error);
  } finally {
    clearTimeout(timer);
  }
  return new Response(Buffer.concat(chunks), { status: response.status, headers: response.headers });
}

function answerError({ endpoint, name }: HubConnection, what: string, cause?: unknown): EnvironmentError {
  return new EnvironmentError(
    'hub_answer',
    `${endpoint} answers for ${name} with ${what.slice(0, 200)}, which the Hub does not: check HF_ENDPOINT`,
    { cause },
  );
}
