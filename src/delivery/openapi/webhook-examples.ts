import type { RouteExamples } from './route-example.js';

const WEBHOOK_ID = '7d0c1b2a-4f5e-4a6b-9c8d-0e1f2a3b4c5d';
const DELIVERY_ID = 'msg_1b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9';
const ASKED = {
  url: 'https://hooks.example/palistream',
  topics: ['streams/*'],
  kinds: ['caption', 'answer'],
};
const WEBHOOK = {
  id: WEBHOOK_ID,
  ...ASKED,
  state: 'active',
  reason: null,
  failing_since: null,
  created_at: '2026-05-01T08:00:00.000Z',
  waiting: 0,
  dead: 1,
};
const DELIVERY = {
  id: DELIVERY_ID,
  state: 'dead',
  attempts: 11,
  next_attempt_at: null,
  failure: 'the receiver answered 500',
  topic: 'streams/5c1d2e3f-9a7b-4c6d-8e1f-3b2a1c0d9e33',
  seq: 17,
  event: { kind: 'caption', text: 'a car drives away' },
};
const path = { id: WEBHOOK_ID };

export const WEBHOOK_EXAMPLES: RouteExamples = {
  'POST /v1/webhooks': {
    body: ASKED,
    answer: {
      example: { ...WEBHOOK, dead: 0, secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=' },
    },
  },
  'GET /v1/webhooks': { answer: { example: { total: 1, webhooks: [WEBHOOK] } } },
  'GET /v1/webhooks/{id}': { path, answer: { example: WEBHOOK } },
  'DELETE /v1/webhooks/{id}': { path, isBare: true },
  'POST /v1/webhooks/{id}/enable': { path, answer: { example: WEBHOOK } },
  'GET /v1/webhooks/{id}/deliveries': { path, answer: { example: { total: 1, deliveries: [DELIVERY] } } },
  'POST /v1/webhooks/{id}/redeliver': { path, answer: { example: { redelivered: 1 } } },
  'POST /v1/webhooks/{id}/deliveries/{delivery}/redeliver': {
    path: { ...path, delivery: DELIVERY_ID },
    answer: { example: { redelivered: 1 } },
  },
};
