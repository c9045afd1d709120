import { Random } from './random.js';
import { rasterise, type Bitmap } from './sprites.js';
import type { Place } from './vocabulary.js';

type Ink = readonly [number, number, number];

const rgb = (ink: Ink, by = 0): string =>
  `rgb(${ink.map((c) => Math.max(0, Math.min(255, Math.round(c + by)))).join(',')})`;

/** Draws one place as SVG, 400 x 300; the variant decides horizon, colours and what stands about. */
export function drawPlace(place: Place, variant: number): string {
  const random = new Random(variant * 7919 + place.length * 104729 + place.charCodeAt(0));
  const jitter = (ink: Ink, by = 14): Ink => {
    const shift = random.between(-by, by);
    return [ink[0] + shift, ink[1] + shift + random.between(-6, 6), ink[2] + shift + random.between(-8, 8)];
  };
  const rect = (x: number, y: number, w: number, h: number, fill: string, more = ''): string =>
    `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${w.toFixed(1)}" height="${h.toFixed(1)}" fill="${fill}" ${more}/>`;
  const ellipse = (x: number, y: number, rx: number, ry: number, fill: string, more = ''): string =>
    `<ellipse cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" rx="${rx.toFixed(1)}" ry="${ry.toFixed(1)}" fill="${fill}" ${more}/>`;
  const fade = (id: string, top: Ink, bottom: Ink): string =>
    `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${rgb(top)}"/><stop offset="1" stop-color="${rgb(bottom)}"/></linearGradient>`;
  const many = (low: number, high: number, draw: () => string): string =>
    Array.from({ length: random.whole(low, high) }, draw).join('');
  const horizon = random.between(70, 150);
  const blue = jitter([150, 205, 245]);
  const sky = fade('s', blue, jitter([215, 236, 250]));
  const heaven = rect(0, 0, 400, 300, 'url(#s)');
  const cloud = (): string => {
    const [x, y, w] = [random.between(0, 400), random.between(10, 120), random.between(20, 50)];
    return (
      ellipse(x, y, w, w * 0.35, '#fff', 'opacity="0.8"') +
      ellipse(x + w * 0.5, y - w * 0.18, w * 0.6, w * 0.3, '#fff', 'opacity="0.8"')
    );
  };
  const wrap = (defs: string, body: string): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><defs>${defs}</defs>${body}</svg>`;
  switch (place) {
    case 'grass': {
      const green = jitter([112, 182, 74]);
      const tuft = (): string =>
        ellipse(
          random.between(0, 400),
          random.between(horizon + 10, 300),
          random.between(6, 26),
          random.between(2, 6),
          rgb(green, random.chance(0.5) ? 16 : -16),
        );
      return wrap(
        sky + fade('g', green, jitter([76, 148, 52])),
        heaven + many(0, 3, cloud) + rect(0, horizon, 400, 300, 'url(#g)') + many(14, 30, tuft),
      );
    }
    case 'street': {
      const grey = jitter([112, 112, 118]);
      const wall = (): string => {
        const [x, w, h] = [random.between(-20, 380), random.between(40, 90), random.between(30, horizon)];
        return (
          rect(x, horizon - h, w, h, rgb(jitter([176, 150, 138], 40))) +
          many(2, 5, () =>
            rect(x + random.between(4, w - 12), horizon - random.between(10, h), 8, 9, '#cfe3ee'),
          )
        );
      };
      const dashY = random.between(horizon + 60, 260);
      const dashes = Array.from({ length: 8 }, (_, i) =>
        rect(i * 56 + random.between(-3, 3), dashY, 30, 6, '#eee'),
      ).join('');
      return wrap(
        sky,
        heaven +
          many(4, 7, wall) +
          rect(0, horizon, 400, 22, rgb(jitter([190, 186, 178]))) +
          rect(0, horizon + 22, 400, 300, rgb(grey)) +
          dashes,
      );
    }
    case 'sea': {
      const water = jitter([38, 112, 178]);
      const wave = (): string =>
        ellipse(
          random.between(0, 400),
          random.between(horizon + 8, 300),
          random.between(14, 44),
          random.between(1.5, 3.5),
          rgb(water, 40),
          'opacity="0.7"',
        );
      return wrap(
        sky + fade('w', jitter([70, 150, 205]), water),
        heaven + many(0, 3, cloud) + rect(0, horizon, 400, 300, 'url(#w)') + many(16, 34, wave),
      );
    }
    case 'night': {
      const dark = jitter([16, 20, 52], 8);
      const star = (): string =>
        ellipse(
          random.between(0, 400),
          random.between(0, 260),
          random.between(0.7, 2),
          random.between(0.7, 2),
          '#fff',
        );
      const hill = ellipse(random.between(60, 340), 330, 330, random.between(50, 90), rgb(dark, -10));
      const moon = random.chance(0.6)
        ? ellipse(random.between(30, 370), random.between(25, 90), 20, 20, '#f4f0cf')
        : '';
      return wrap(
        fade('n', dark, jitter([44, 48, 96], 8)),
        rect(0, 0, 400, 300, 'url(#n)') + many(40, 90, star) + moon + hill,
      );
    }
    case 'room': {
      const floor = random.between(185, 235);
      const wallInk = jitter([226, 208, 178], 26);
      const stripes = random.chance(0.5)
        ? Array.from({ length: 11 }, (_, i) => rect(i * 38, 0, 17, floor, rgb(wallInk, -12))).join('')
        : '';
      const windowX = random.between(20, 300);
      const pane = random.chance(0.7)
        ? rect(windowX, 30, 76, 84, '#fff') +
          rect(windowX + 5, 35, 31, 74, '#a9d6f2') +
          rect(windowX + 40, 35, 31, 74, '#a9d6f2')
        : '';
      const boards = Array.from({ length: 5 }, (_, i) =>
        rect(0, floor + i * 24, 400, 2, 'rgba(60,30,10,0.35)'),
      ).join('');
      return wrap(
        '',
        rect(0, 0, 400, 300, rgb(wallInk)) +
          stripes +
          pane +
          rect(0, floor, 400, 300, rgb(jitter([158, 104, 62]))) +
          boards +
          rect(0, floor - 6, 400, 7, '#fff'),
      );
    }
    case 'desert': {
      const sand = jitter([232, 196, 122]);
      const dune = (): string =>
        ellipse(
          random.between(0, 400),
          random.between(horizon + 12, 310),
          random.between(70, 190),
          random.between(14, 44),
          rgb(sand, random.between(-22, 14)),
        );
      return wrap(
        fade('d', jitter([240, 205, 150]), jitter([252, 236, 205])),
        rect(0, 0, 400, 300, 'url(#d)') +
          ellipse(random.between(30, 370), 40, 24, 24, '#ffe680') +
          rect(0, horizon, 400, 300, rgb(sand)) +
          many(5, 9, dune),
      );
    }
    case 'snow': {
      const white = jitter([238, 243, 250], 6);
      const drift = (): string =>
        ellipse(
          random.between(0, 400),
          random.between(horizon + 12, 310),
          random.between(60, 170),
          random.between(12, 36),
          rgb(white, random.between(-18, 6)),
        );
      const flake = (): string => ellipse(random.between(0, 400), random.between(0, 300), 2.2, 2.2, '#fff');
      return wrap(
        fade('f', jitter([168, 184, 208]), jitter([208, 218, 234])),
        rect(0, 0, 400, 300, 'url(#f)') +
          rect(0, horizon, 400, 300, rgb(white)) +
          many(4, 8, drift) +
          many(30, 60, flake),
      );
    }
    case 'forest': {
      const leaf = jitter([30, 84, 44], 10);
      const tree = (): string => {
        const [x, w] = [random.between(-10, 400), random.between(12, 24)];
        return (
          rect(x, 0, w, 232, rgb(jitter([86, 60, 40]))) +
          ellipse(
            x + w / 2,
            random.between(0, 50),
            random.between(30, 60),
            random.between(30, 55),
            rgb(leaf, random.between(-10, 22)),
          )
        );
      };
      return wrap(
        fade('t', jitter([58, 112, 66]), jitter([96, 146, 88])),
        rect(0, 0, 400, 300, 'url(#t)') +
          many(7, 12, tree) +
          rect(0, 222, 400, 300, rgb(jitter([66, 78, 38]))) +
          many(8, 18, () =>
            ellipse(
              random.between(0, 400),
              random.between(230, 300),
              random.between(8, 24),
              random.between(3, 7),
              rgb(leaf, 10),
            ),
          ),
      );
    }
    case 'sky': {
      return wrap(
        fade('k', jitter([84, 160, 228]), jitter([176, 216, 246])),
        rect(0, 0, 400, 300, 'url(#k)') +
          many(5, 10, () => {
            const [x, y, w] = [random.between(0, 400), random.between(10, 290), random.between(24, 60)];
            return (
              ellipse(x, y, w, w * 0.3, '#fff', 'opacity="0.85"') +
              ellipse(x - w * 0.3, y - w * 0.16, w * 0.55, w * 0.3, '#fff', 'opacity="0.85"')
            );
          }),
      );
    }
    case 'beach': {
      const sand = jitter([240, 218, 160]);
      const water = jitter([60, 150, 200]);
      const shore = random.between(horizon + 30, horizon + 80);
      const foam = ellipse(
        200,
        shore,
        random.between(210, 260),
        random.between(6, 12),
        '#fff',
        'opacity="0.8"',
      );
      const grain = (): string =>
        ellipse(
          random.between(0, 400),
          random.between(shore + 14, 300),
          random.between(3, 14),
          2,
          rgb(sand, -18),
        );
      return wrap(
        sky,
        heaven +
          many(0, 3, cloud) +
          rect(0, horizon, 400, 300, rgb(water)) +
          rect(0, shore, 400, 300, rgb(sand)) +
          foam +
          many(12, 26, grain),
      );
    }
  }
}

/** Keeps the places drawn so far, at one height in pixels (width 4/3 of it). */
export class Backdrops {
  readonly #height: number;
  readonly #cache = new Map<string, Bitmap>();

  constructor(height: number) {
    this.#height = height;
  }

  async load(place: Place, variant: number): Promise<Bitmap> {
    const key = `${place}/${variant}`;
    const known = this.#cache.get(key);
    if (known !== undefined) return known;
    const made = await rasterise(drawPlace(place, variant), Math.round((this.#height * 4) / 3), this.#height);
    this.#cache.set(key, made);
    return made;
  }
}
