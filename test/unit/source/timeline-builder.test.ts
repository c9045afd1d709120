import { describe, expect, it } from 'vitest';
import { TimelineBuilder } from '../../../src/source/timeline-builder.js';

function build(lines: readonly string[], zero = 0): ReturnType<TimelineBuilder['build']> {
  const builder = new TimelineBuilder('a.mp4');
  for (const line of lines) builder.add(line);
  return builder.build(zero);
}

describe('the timeline', () => {
  it('puts packets in the order of display and keeps which are key frames', () => {
    const timeline = build(
      [
        'pts_time=1.000000|duration_time=0.040000|flags=K__',
        'pts_time=1.080000|duration_time=0.040000|flags=___',
        'pts_time=1.040000|duration_time=0.040000|flags=___',
      ],
      1,
    );
    expect(Array.from(timeline.seconds, (s) => Math.round(s * 1000))).toEqual([0, 40, 80]);
    expect([...timeline.isKey]).toEqual([1, 0, 0]);
    expect(timeline.endSeconds).toBeCloseTo(0.12, 9);
  });

  it('leaves out packets that an edit list hides', () => {
    expect(build(['pts_time=0|flags=KD', 'pts_time=0.5|flags=__']).seconds.length).toBe(1);
  });

  it('counts two packets of one time once', () => {
    expect(
      build(['pts_time=0|flags=K_', 'pts_time=0|flags=__', 'pts_time=0.5|flags=__']).seconds.length,
    ).toBe(2);
  });

  it('guesses how long the last frame lasts from the others', () => {
    expect(build(['pts_time=0|flags=K_', 'pts_time=0.5|flags=__']).endSeconds).toBe(1);
  });

  it('says when a packet has no time, and does not mind empty lines', () => {
    const builder = new TimelineBuilder('a.avi');
    builder.add('');
    expect(builder.isIncomplete).toBe(false);
    builder.add('pts_time=N/A|duration_time=0.04|flags=K_');
    expect(builder.isIncomplete).toBe(true);
  });

  it('reads lines about decoded frames', () => {
    const timeline = build([
      'key_frame=1|best_effort_timestamp_time=0.000000|duration_time=0.1',
      'key_frame=0|best_effort_timestamp_time=0.100000|pkt_duration_time=0.1',
    ]);
    expect([...timeline.isKey]).toEqual([1, 0]);
    expect(timeline.endSeconds).toBeCloseTo(0.2, 9);
  });

  it('is empty for a file without packets', () => {
    expect(build([])).toMatchObject({ endSeconds: 0 });
  });
});

it('reads no further than a video may be long, wherever its times begin', () => {
  const builder = new TimelineBuilder('endless.ts', 60);
  for (const seconds of [1000, 1059.9, 1030]) builder.add(`pts_time=${seconds}|duration_time=0.1|flags=___`);
  expect(() => {
    builder.add('pts_time=1060.1|duration_time=0.1|flags=___');
  }).toThrow(expect.objectContaining({ code: 'video_duration' }));
});
