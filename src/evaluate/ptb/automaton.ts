import type { Pattern } from './pattern.js';
import type { Units } from './units.js';

interface Step {
  readonly set: Units;
  readonly to: number;
}

/** Where a walk through a text may be at once, with the first rule that is fulfilled there. */
interface State {
  readonly places: readonly number[];
  readonly rule: number;
  /** By class of code unit: number of the next state, NONE, or UNKNOWN until it is asked for. */
  readonly next: Int32Array;
}

const NONE = -1;
const UNKNOWN = -2;
/** Captions need some thousands; a text made to need more has the states thrown away and made again. */
const MOST_STATES = 20_000;
/** Places are remembered as leading nowhere every so many code units: a power of two. */
const STRIDE = 64;

/**
 * Several patterns walked at once: states are sets of places in the patterns, made when first reached, so that a
 * text is read once whatever the number of patterns.
 */
export class Automaton {
  private readonly steps: Step[][] = [];
  private readonly free: number[][] = [];
  private readonly ends = new Map<number, number>();
  private readonly begin: number;
  private readonly classOf = new Uint16Array(0x10000);
  private readonly classes: number[] = [];
  private states: State[] = [];
  private numbers = new Map<string, number>();
  /** Places of the text looked at last from which, in a state, no match ends: see `longest`. */
  private deadEnds = new Set<number>();
  private lookedAt = '';

  constructor(patterns: readonly Pattern[]) {
    this.begin = this.place();
    patterns.forEach((pattern, rule) => {
      const end = this.place();
      this.free[this.begin]?.push(this.add(pattern, end));
      this.ends.set(end, rule);
    });
    this.nameClasses();
    this.forget();
  }

  /**
   * The longest match that begins at a place of the text. A walk that goes far past its match, as through a text that
   * may yet be an address, notes where it was in vain, and later ones end there: long texts take no more than their length.
   * @returns its end and the first of the patterns that match so; null when none does
   * @source Reps 1998, maximal munch in linear time
   */
  longest(text: string, from: number): { readonly end: number; readonly rule: number } | null {
    if (this.states.length > MOST_STATES) this.forget();
    if (text !== this.lookedAt) {
      this.deadEnds.clear();
      this.lookedAt = text;
    }
    let end = NONE;
    let rule = NONE;
    const passed: number[] = [];
    let number = 0;
    for (let at = from; at < text.length; at++) {
      number = this.step(number, text.charCodeAt(at));
      const found = this.states[number]?.rule;
      if (found === undefined) break;
      if (found !== NONE) {
        end = at + 1;
        rule = found;
        passed.length = 0;
      } else if (at % STRIDE === 0) {
        const place = at * 0x10_0000 + number; // there are fewer states
        if (this.deadEnds.has(place)) break;
        passed.push(place);
      }
    }
    for (const place of passed) this.deadEnds.add(place);
    return end === NONE ? null : { end, rule };
  }

  /** Tells every end of a match that begins at a place of the text, rising. */
  walk(text: string, from: number, onMatch: (end: number, rule: number) => void): void {
    if (this.states.length > MOST_STATES) this.forget();
    let number = 0;
    for (let at = from; at < text.length; at++) {
      number = this.step(number, text.charCodeAt(at));
      const state = this.states[number];
      if (state === undefined) return;
      if (state.rule !== NONE) onMatch(at + 1, state.rule);
    }
  }

  /** The number of the state that a code unit leads to; NONE when to none. */
  private step(number: number, unit: number): number {
    const state = this.states[number];
    if (state === undefined) return NONE;
    const unitClass = this.classOf[unit] ?? 0;
    let next: number = state.next[unitClass] ?? NONE;
    if (next === UNKNOWN) {
      next = this.reach(state, unitClass);
      state.next[unitClass] = next;
    }
    return next;
  }

  private place(): number {
    this.steps.push([]);
    this.free.push([]);
    return this.steps.length - 1;
  }

  /** Adds places for a pattern that leads to `end`. @returns where it begins */
  private add(pattern: Pattern, end: number): number {
    switch (pattern.kind) {
      case 'unit': {
        const begin = this.place();
        this.steps[begin]?.push({ set: pattern.units, to: end });
        return begin;
      }
      case 'sequence':
        return pattern.parts.reduceRight((next, part) => this.add(part, next), end);
      case 'choice': {
        const begin = this.place();
        for (const part of pattern.parts) this.free[begin]?.push(this.add(part, end));
        return begin;
      }
      case 'repeat':
        return this.addRepeat(pattern, end);
    }
  }

  private addRepeat({ part, least, most }: Pattern & { kind: 'repeat' }, end: number): number {
    let begin = end;
    if (most === Infinity) {
      begin = this.place();
      this.free[begin]?.push(this.add(part, begin), end);
    } else {
      for (let i = least; i < most; i++) {
        const optional = this.place();
        this.free[optional]?.push(this.add(part, begin), end);
        begin = optional;
      }
    }
    for (let i = 0; i < least; i++) begin = this.add(part, begin);
    return begin;
  }

  /** Code units that no pattern tells apart share a class. */
  private nameClasses(): void {
    const cuts = new Set<number>([0]);
    for (const { set } of this.steps.flat()) {
      for (const [low, high] of set) cuts.add(low).add(high + 1);
    }
    const sorted = [...cuts].filter((cut) => cut <= 0xffff).sort((a, b) => a - b);
    const names = new Map<string, number>();
    const sets = [...new Set(this.steps.flat().map((step) => step.set))];
    sorted.forEach((cut, i) => {
      const name = sets.map((set) => (contains(set, cut) ? '1' : '0')).join('');
      const number = names.get(name) ?? names.size;
      if (!names.has(name)) this.classes.push(cut);
      names.set(name, number);
      this.classOf.fill(number, cut, sorted[i + 1] ?? 0x10000);
    });
  }

  private forget(): void {
    this.states = [];
    this.numbers = new Map();
    this.deadEnds.clear();
    this.stateOf([this.begin]);
  }

  private reach(state: State, unitClass: number): number {
    const unit = this.classes[unitClass] ?? 0;
    const places = state.places.flatMap((place) =>
      (this.steps[place] ?? []).filter((step) => contains(step.set, unit)).map((step) => step.to),
    );
    return places.length === 0 ? NONE : this.stateOf(places);
  }

  private stateOf(reached: readonly number[]): number {
    const closed = new Set(reached);
    for (const place of closed) for (const next of this.free[place] ?? []) closed.add(next);
    const places = [...closed].filter((place) => this.ends.has(place) || this.steps[place]?.length !== 0);
    places.sort((a, b) => a - b);
    const key = places.join();
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const rules = places.flatMap((place) => this.ends.get(place) ?? []);
    this.states.push({
      places,
      rule: rules.length === 0 ? NONE : Math.min(...rules),
      next: new Int32Array(this.classes.length).fill(UNKNOWN),
    });
    this.numbers.set(key, this.states.length - 1);
    return this.states.length - 1;
  }
}

function contains(set: Units, unit: number): boolean {
  let low = 0;
  let high = set.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from = 0, to = 0] = set[middle] ?? [];
    if (unit < from) high = middle - 1;
    else if (unit > to) low = middle + 1;
    else return true;
  }
  return false;
}
