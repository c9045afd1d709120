/** `hh:mm:ss.mmm`, the separator before the milliseconds as the format wants it. */
export function timecode(seconds: number, separator: '.' | ','): string {
  const total = Math.round(seconds * 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(total / 3_600_000);
  const minutes = Math.floor(total / 60_000) % 60;
  const whole = Math.floor(total / 1000) % 60;
  return `${two(hours)}:${two(minutes)}:${two(whole)}${separator}${String(total % 1000).padStart(3, '0')}`;
}

/** `1:05` or `1:02:05` for people, with a tenth where it is not a whole second. */
export function shortTime(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const whole = Math.floor(tenths / 10);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = `${String(whole % 60).padStart(2, '0')}${tenths % 10 === 0 ? '' : `.${tenths % 10}`}`;
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}
