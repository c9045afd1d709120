import { describe, expect, it } from 'vitest';
import { routeRule } from '../../../../src/delivery/access/route-rule.js';

const short = (method: string, url: string): string => {
  const rule = routeRule(method, url);
  if (rule.kind !== 'scope') return rule.kind;
  const { topic } = rule;
  return `${rule.scope} ${topic === null ? '-' : 'one' in topic ? topic.one : `${topic.all}*`}`;
};

describe('what a request needs', () => {
  it.each([
    ['GET', '/health/ready', 'open'],
    ['GET', '/', 'open'],
    ['GET', '/assets/a.js', 'open'],
    ['POST', '/anything', 'manage *'],
    ['GET', '/metrics', 'read -'],
    ['GET', '/METRICS', 'read -'],
    ['GET', '/openapi.json', 'read -'],
    ['GET', '/v1/live?ticket=x', 'key'],
    ['POST', '/v1/tickets', 'key'],
    ['GET', '/v1/models', 'read -'],
    ['GET', '/v1/search?q=a', 'read -'],
    ['GET', '/v1/status', 'read -'],
    ['GET', '/v1/samples/farm/media', 'read -'],
    ['POST', '/v1/samples/farm', 'manage videos/*'],
    ['GET', '/v1/videos', 'read -'],
    ['GET', '/V1/Videos/?limit=3', 'read -'],
    ['POST', '/v1/videos', 'manage videos/*'],
    ['POST', '/v1/streams/', 'manage streams/*'],
    ['POST', '/v1/uploads', 'manage videos/*'],
    ['HEAD', '/v1/uploads/abc', 'manage videos/*'],
    ['GET', '/v1/videos/a1', 'read videos/a1'],
    ['HEAD', '/v1/videos/a1/captions?format=vtt', 'read videos/a1'],
    ['GET', '/v1/streams/front-door/events', 'read streams/front-door'],
    ['GET', '/v1/streams/front%2Ddoor', 'read streams/front-door'],
    ['POST', '/v1/streams/front-door/ask', 'ask streams/front-door'],
    ['POST', '/v1/streams/front-door/ASK/', 'ask streams/front-door'],
    ['POST', '/v1/streams/ask', 'manage streams/ask'],
    ['POST', '/v1/streams/front-door/ask/more', 'manage streams/front-door'],
    ['PUT', '/v1/streams/front-door/plan', 'manage streams/front-door'],
    ['DELETE', '/v1/videos/a1', 'manage videos/a1'],
    ['POST', '/v1/videos/a1/jobs', 'manage videos/a1'],
    ['GET', '/v1/jobs/j1', 'read -'],
    ['POST', '/v1/jobs/j1/cancel', 'manage -'],
    ['POST', '/v1/chat/completions', 'ask -'],
    ['GET', '/v1/webhooks', 'manage *'],
    ['GET', '/v1/not-known', 'manage *'],
    ['GET', '/v1/', 'manage *'],
    ['GET', '/v1/videos/a1/../../../', 'read videos/a1'],
    ['GET', '/health/../v1/videos', 'open'], // no route reads it as /v1/videos
  ])('%s %s needs %s', (method, url, need) => {
    expect(short(method, url)).toBe(need);
  });

  it.each([
    '//v1/videos',
    'http://other/v1/videos',
    '/v1\\videos',
    '/v1/videos#a',
    '/v1/videos/%zz',
    '',
    '/v1/ videos',
  ])('refuses %j, which others might read otherwise', (url) => {
    expect(() => routeRule('GET', url)).toThrow(expect.objectContaining({ code: 'bad_request' }));
  });
});
