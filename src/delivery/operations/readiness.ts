import type { ModelState } from '../served-model.js';

/** What a server must have to answer. */
export interface ReadinessFacts {
  readonly isEnding: boolean;
  readonly model: ModelState;
  /** What keeps the store from keeping things. */
  readonly storeTrouble: { readonly code: string; readonly message: string } | null;
  /** Why nothing can be written to the data folder; null when it can. */
  readonly folderTrouble: string | null;
  /** Null where the system does not tell. */
  readonly diskFreeBytes: number | null;
  readonly minFreeBytes: number;
}

export interface Check {
  readonly name: 'server' | 'model' | 'store' | 'disk';
  /** `ok`, or in a word what is wrong. */
  readonly status: string;
  readonly code?: string;
  /** One sentence: what is wrong, and what to do. */
  readonly message?: string;
}

/** Whether a server can answer: each thing it needs by itself, so that one failure hides no other. */
export function readiness(facts: ReadinessFacts): readonly Check[] {
  return [serverCheck(facts), modelCheck(facts), storeCheck(facts), diskCheck(facts)];
}

function serverCheck({ isEnding }: ReadinessFacts): Check {
  if (!isEnding) return { name: 'server', status: 'ok' };
  return { name: 'server', status: 'ending', message: 'the server ends: ask another one, or this one later' };
}

function modelCheck({ model }: ReadinessFacts): Check {
  const name = 'model';
  switch (model.state) {
    case 'ready':
      return { name, status: 'ok' };
    case 'failed':
      return { name, status: 'failed', code: model.code, message: model.message };
    case 'loading':
      return { name, status: 'loading', message: 'the model is being opened: wait' };
    case 'restarting':
      return {
        name,
        status: 'restarting',
        message: 'the model process died and is being started again: wait',
      };
  }
}

function storeCheck({ storeTrouble, folderTrouble }: ReadinessFacts): Check {
  const name = 'store';
  if (storeTrouble !== null) {
    const { code, message } = storeTrouble;
    return { name, status: 'store_trouble', code, message };
  }
  if (folderTrouble === null) return { name, status: 'ok' };
  const message = `PALISTREAM_DATA_DIR cannot be written to (${folderTrouble}): check its permissions and the disk`;
  return { name, status: 'store_trouble', code: 'data_folder_unwritable', message };
}

function diskCheck({ diskFreeBytes, minFreeBytes }: ReadinessFacts): Check {
  const name = 'disk';
  if (diskFreeBytes === null || diskFreeBytes >= minFreeBytes) return { name, status: 'ok' };
  const message = `the disk of PALISTREAM_DATA_DIR has ${diskFreeBytes} bytes left, and PALISTREAM_MIN_FREE_MB wants ${minFreeBytes}: make room, for example by deleting videos`;
  return { name, status: 'disk_low', code: 'disk_low', message };
}
