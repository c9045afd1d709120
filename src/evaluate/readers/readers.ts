import { activitynetCaptions } from './activitynet-captions.js';
import { activitynetQa } from './activitynet-qa.js';
import { ai2d } from './ai2d.js';
import { aokvqa } from './aokvqa.js';
import { chartqa } from './chartqa.js';
import { coco35l } from './coco-35l.js';
import { cocoCaptions } from './coco-captions.js';
import { documentVqa } from './document-vqa.js';
import { gqa, xgqa } from './gqa.js';
import { marvl } from './marvl.js';
import { mmvp } from './mmvp.js';
import { msrvttCaptions } from './msrvtt-captions.js';
import { nlvr2 } from './nlvr2.js';
import { nocaps } from './nocaps.js';
import { ocrVqa } from './ocr-vqa.js';
import { pope } from './pope.js';
import type { Reader } from './reader.js';
import { refcoco } from './refcoco.js';
import { rsvqa } from './rsvqa.js';
import { sceneTextVqa } from './scene-text-vqa.js';
import { scicap } from './scicap.js';
import { scienceQa } from './science-qa.js';
import { screen2words } from './screen2words.js';
import { tallyqa } from './tallyqa.js';
import { textcaps } from './textcaps.js';
import { textvqa } from './textvqa.js';
import { vatex } from './vatex.js';
import { videoQa } from './video-qa.js';
import { vizwiz } from './vizwiz.js';
import { vqa } from './vqa.js';
import { widgetCaptioning } from './widget-captioning.js';
import { xm3600 } from './xm3600.js';

/** Readers by the names benchmarks call them by. */
export const READERS = {
  'activitynet-captions': activitynetCaptions,
  'activitynet-qa': activitynetQa,
  ai2d,
  aokvqa,
  chartqa,
  'coco-35l': coco35l,
  'coco-captions': cocoCaptions,
  'document-vqa': documentVqa,
  gqa,
  marvl,
  mmvp,
  'msrvtt-captions': msrvttCaptions,
  nlvr2,
  nocaps,
  'ocr-vqa': ocrVqa,
  pope,
  refcoco,
  rsvqa,
  'scene-text-vqa': sceneTextVqa,
  scicap,
  'science-qa': scienceQa,
  screen2words,
  tallyqa,
  textcaps,
  textvqa,
  vatex,
  'video-qa': videoQa,
  vizwiz,
  vqa,
  'widget-captioning': widgetCaptioning,
  xgqa,
  xm3600,
} as const satisfies Record<string, Reader>;

export type ReaderName = keyof typeof READERS;
