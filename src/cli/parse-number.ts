import { InvalidArgumentError } from 'commander';

/** A whole number of an option, from `low` to `high`. */
export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
  };
}

/** A number of an option above `low` (or at it, when `orEqual`), up to `high`. */
export function realNumber(low: number, high: number, orEqual: boolean): (text: string) => number {
  return (text) => {
    const value = Number(text);
    const isPlain = /^\d*\.?\d+$/.test(text);
    if (isPlain && value <= high && (value > low || (orEqual && value === low))) return value;
    const from = orEqual ? `from ${low}` : `above ${low}`;
    const to = high === Infinity ? '' : ` ${orEqual ? 'to' : 'and at most'} ${high}`;
    throw new InvalidArgumentError(`It must be a number ${from}${to}.`);
  };
}

/** A time of an option in seconds: `90`, `12.5`, `1:30`, `0:01:30.5`. */
export function timeInSeconds(text: string): number {
  const match = /^(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:\.\d+)?)$/.exec(text);
  const [, hours = '0', minutes = '0', seconds = ''] = match ?? [];
  const isClock = text.includes(':');
  if (match === null || (isClock && (Number(seconds) >= 60 || Number(minutes) >= 60))) {
    throw new InvalidArgumentError('It must be a time such as 90, 12.5, 1:30 or 0:01:30.5.');
  }
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
