import { expect, it } from 'vitest';
import { Outbox } from '../../../src/delivery/live/outbox.js';

/** A wire on which bytes leave when the test says so. */
function slowWire() {
  const waiting: { text: string; sent: () => void }[] = [];
  const left: string[] = [];
  let cut = 0;
  const wire = {
    get waitingBytes() {
      return waiting.reduce((sum, { text }) => sum + text.length, 0);
    },
    send: (frame: Buffer, sent: () => void) => {
      waiting.push({ text: frame.toString(), sent });
    },
  };
  const outbox = new Outbox(wire, {
    passingBytes: 4,
    maxWaitingBytes: 20,
    droppedFrame: (topic, count) => Buffer.from(`-${String(count)}${topic}`),
    onTooSlow: () => cut++,
  });
  const leave = (): void => {
    for (const { text, sent } of waiting.splice(0)) {
      left.push(text);
      sent();
    }
  };
  return { outbox, leave, left, cuts: () => cut };
}

it('drops passing events while much waits, and tells how many before the next ones', () => {
  const { outbox, leave, left } = slowWire();
  outbox.send(Buffer.from('12345'));
  for (const frame of ['a', 'b', 'c']) outbox.offer('t', Buffer.from(frame));
  leave();
  outbox.offer('t', Buffer.from('d'));
  leave();
  expect(left).toEqual(['12345', '-3t', 'd']);
});

it('keeps what must arrive, up to the limit, and then cuts off once', () => {
  const { outbox, leave, left, cuts } = slowWire();
  for (let i = 0; i < 9; i++) outbox.send(Buffer.from('12345'));
  expect(cuts()).toBe(1);
  leave();
  expect(left).toHaveLength(4);
});

it('lets a replay wait until little waits, or nothing is sent any more', async () => {
  const { outbox, leave } = slowWire();
  await outbox.drained();
  outbox.send(Buffer.from('12345'));
  const order: string[] = [];
  const drained = outbox.drained().then(() => order.push('drained'));
  await Promise.resolve();
  order.push('before');
  leave();
  await drained;
  expect(order).toEqual(['before', 'drained']);
  outbox.send(Buffer.from('12345'));
  const over = outbox.drained();
  outbox.close();
  await over;
});
