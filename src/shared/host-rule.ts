import { BlockList, isIP } from 'node:net';

/** What an entry of a list of allowed hosts lets through. */
export type HostRule =
  /** A host by its name, whatever that resolves to; an address is a name too. */
  | { readonly kind: 'host'; readonly allows: (host: string, port: number | null) => boolean }
  /** Addresses, so that no name can be pointed into it. */
  | { readonly kind: 'network'; readonly allows: (address: string) => boolean };

/**
 * Reads an entry: a host (`camera.example`, `192.168.1.20`, `*.cameras.example`), a host with port (`10.0.0.5:554`,
 * `[fd00::5]:554`) or a network (`192.168.1.0/24`); null for anything else. Hosts are given without brackets, in lower
 * case.
 */
export function hostRule(entry: string): HostRule | null {
  const network = /^([\da-f.:]+)\/(\d{1,3})$/i.exec(entry);
  if (network !== null) return networkRule(network[1] ?? '', Number(network[2]));
  const host = /^(?:\[([\da-f:]+)\]|([*\w.-]+)|([\da-f:]{2,}))(?::(\d{1,5}))?$/i.exec(entry);
  if (host === null) return null;
  const name = (host[1] ?? host[2] ?? host[3] ?? '').toLowerCase();
  const only = host[4] === undefined ? null : Number(host[4]);
  return { kind: 'host', allows: (asked, port) => isNamed(asked, name) && (only === null || only === port) };
}

function networkRule(address: string, bits: number): HostRule | null {
  const family = isIP(address);
  if (family === 0 || bits > (family === 4 ? 32 : 128)) return null;
  const list = new BlockList();
  list.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6');
  return {
    kind: 'network',
    allows: (asked) => {
      const kind = isIP(asked);
      return kind !== 0 && list.check(asked, kind === 4 ? 'ipv4' : 'ipv6');
    },
  };
}

function isNamed(host: string, name: string): boolean {
  return name.startsWith('*.') ? host.endsWith(name.slice(1)) && host.length >= name.length : host === name;
}
