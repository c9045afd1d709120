import type { StreamCounts } from '../../pipeline/stream-engine.js';

export const NO_COUNTS: StreamCounts = {
  frames: 0,
  windows: 0,
  looked: 0,
  droppedBusy: 0,
  skippedStill: 0,
  skippedSchedule: 0,
  reconnects: 0,
};

export function addCounts(a: StreamCounts, b: StreamCounts): StreamCounts {
  return {
    frames: a.frames + b.frames,
    windows: a.windows + b.windows,
    looked: a.looked + b.looked,
    droppedBusy: a.droppedBusy + b.droppedBusy,
    skippedStill: a.skippedStill + b.skippedStill,
    skippedSchedule: a.skippedSchedule + b.skippedSchedule,
    reconnects: a.reconnects + b.reconnects,
  };
}
