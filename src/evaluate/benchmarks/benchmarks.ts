import type { Benchmark } from './benchmark.js';
import { activitynetCaptions } from './rows/activitynet-captions.js';
import { activitynetQa } from './rows/activitynet-qa.js';
import { ai2d } from './rows/ai2d.js';
import { aokvqaDa } from './rows/aokvqa-da.js';
import { aokvqaMc } from './rows/aokvqa-mc.js';
import { chartqa } from './rows/chartqa.js';
import { coco35l } from './rows/coco-35l.js';
import { cocoCaptions } from './rows/coco-captions.js';
import { docvqa } from './rows/docvqa.js';
import { gqa } from './rows/gqa.js';
import { infographicVqa } from './rows/infographic-vqa.js';
import { marvl } from './rows/marvl.js';
import { mmvp } from './rows/mmvp.js';
import { mmvpMix } from './rows/mmvp-mix.js';
import { msrvttCaptions } from './rows/msrvtt-captions.js';
import { msrvttQa } from './rows/msrvtt-qa.js';
import { msvdQa } from './rows/msvd-qa.js';
import { nlvr2 } from './rows/nlvr2.js';
import { nocaps } from './rows/nocaps.js';
import { ocrVqa } from './rows/ocr-vqa.js';
import { okvqa } from './rows/okvqa.js';
import { pope } from './rows/pope.js';
import { popeMix } from './rows/pope-mix.js';
import { refcoco } from './rows/refcoco.js';
import { rsvqaHr } from './rows/rsvqa-hr.js';
import { rsvqaLr } from './rows/rsvqa-lr.js';
import { scenetextVqa } from './rows/scenetext-vqa.js';
import { scicap } from './rows/scicap.js';
import { scienceqa } from './rows/scienceqa.js';
import { screen2words } from './rows/screen2words.js';
import { tallyqa } from './rows/tallyqa.js';
import { textcaps } from './rows/textcaps.js';
import { textvqa } from './rows/textvqa.js';
import { vatex } from './rows/vatex.js';
import { vizwiz } from './rows/vizwiz.js';
import { vqav2 } from './rows/vqav2.js';
import { widgetCaptioning } from './rows/widget-captioning.js';
import { xgqa } from './rows/xgqa.js';
import { xm3600 } from './rows/xm3600.js';

/** The rows of the model card, in its order. */
export const BENCHMARKS: readonly Benchmark[] = [
  cocoCaptions,
  nocaps,
  coco35l,
  xm3600,
  textcaps,
  scicap,
  screen2words,
  widgetCaptioning,
  vqav2,
  mmvp,
  pope,
  okvqa,
  aokvqaMc,
  aokvqaDa,
  gqa,
  xgqa,
  nlvr2,
  marvl,
  ai2d,
  scienceqa,
  rsvqaLr,
  rsvqaHr,
  chartqa,
  vizwiz,
  tallyqa,
  ocrVqa,
  textvqa,
  docvqa,
  infographicVqa,
  scenetextVqa,
  refcoco,
  msrvttCaptions,
  msrvttQa,
  activitynetCaptions,
  activitynetQa,
  vatex,
  msvdQa,
  mmvpMix,
  popeMix,
];
