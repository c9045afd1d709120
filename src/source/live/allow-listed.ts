import { isAbsolute, relative } from 'node:path';
import { RequestError } from '../../shared/errors.js';
import { hostRule } from '../../shared/host-rule.js';
import type { LivePlace } from './live-target.js';
import type { LivePolicy } from './live-policy.js';

/**
 * The default policy: nothing but what is named.
 *
 * An entry is a host (`camera.example`, `192.168.1.20`, `*.cameras.example`), a host with port (`10.0.0.5:554`,
 * `[fd00::5]:554`), a network (`192.168.1.0/24`), a folder or file (`file:///videos`) or a device
 * (`v4l2:///dev/video0`, `avfoundation:0`, `dshow:*`). A host name is matched by its name alone: whoever lists it
 * trusts whatever it resolves to. Networks match addresses only, so no name can be pointed into one.
 * @throws RequestError `bad_stream_allow` for an entry that is none
 */
export function allowListed(entries: readonly string[]): LivePolicy {
  const rules = entries.map(ruleOf);
  return (place) => {
    if (rules.some((allows) => allows(place))) return;
    throw new RequestError(
      'stream_url_refused',
      `${describe(place)} is not on the list of allowed sources: have it added there first (PALISTREAM_STREAM_ALLOW of a server)`,
    );
  };
}

/** Where a source answers that names no port. */
const USUAL_PORTS: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  rtsp: 554,
  rtsps: 322,
  rtmp: 1935,
  rtmps: 443,
};

type Rule = (place: LivePlace) => boolean;

function ruleOf(entry: string): Rule {
  const device = /^(v4l2|avfoundation|dshow):(?:\/\/)?(.+)$/.exec(entry);
  if (device !== null) {
    const [, scheme, name] = device;
    return (place) =>
      place.kind === 'device' && place.scheme === scheme && (name === '*' || place.name === name);
  }
  if (entry.startsWith('file:///')) return within(decodeURIComponent(new URL(entry).pathname));
  const rule = hostRule(entry);
  if (rule === null) throw bad(entry);
  return (place) => {
    if (place.kind !== 'network') return false;
    if (rule.kind === 'network') return rule.allows(place.host);
    return rule.allows(place.host, place.port ?? USUAL_PORTS[place.scheme] ?? null);
  };
}

function within(folder: string): Rule {
  return (place) => {
    if (place.kind !== 'file') return false;
    const way = relative(folder, place.path);
    return way === '' || (!way.startsWith('..') && !isAbsolute(way));
  };
}

function describe(place: LivePlace): string {
  switch (place.kind) {
    case 'network':
      return `the host ${JSON.stringify(place.host)}${place.port === null ? '' : ` (port ${place.port})`}`;
    case 'file':
      return `the file ${JSON.stringify(place.path)}`;
    case 'device':
      return `the device ${JSON.stringify(`${place.scheme}:${place.name}`)}`;
  }
}

function bad(entry: string): RequestError {
  return new RequestError(
    'bad_stream_allow',
    `${JSON.stringify(entry)} is no allowed source: give a host, host:port, network, file:///folder or device`,
  );
}
