import type { Schedule } from './stream-plan.js';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const formats = new Map<string, Intl.DateTimeFormat>();
/** Zones of the world: each format holds some kilobytes. */
const MAX_FORMATS = 600;

/**
 * Whether a moment lies in one of a schedule's slots.
 *
 * @param atMs since 1970
 * @throws RangeError for a time zone that is none
 */
export function isScheduled({ timeZone, slots }: Schedule, atMs: number): boolean {
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(atMs)
      .map((part) => [part.type, part.value]),
  );
  const day = DAYS.indexOf(parts.get('weekday') ?? '');
  const minute = Number(parts.get('hour')) * 60 + Number(parts.get('minute'));
  return slots.some(({ days, from, until }) => {
    const [begin, end] = [minuteOf(from), minuteOf(until)];
    const yesterday = (day + 6) % 7;
    if (begin < end) return days.includes(day) && minute >= begin && minute < end;
    return (days.includes(day) && minute >= begin) || (days.includes(yesterday) && minute < end);
  });
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  if (formats.size < MAX_FORMATS) formats.set(timeZone, format);
  return format;
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
