import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Where all addresses of the public IPv6 internet lie so far. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');
/** Addresses of IPv4 as an IPv6-only network reaches them (RFC 6052); the local ones of RFC 8215 are not in it. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * What kind of network an IP address lies in: `public`, or the name of what it is instead (`loopback`, `private`,
 * `linkLocal`, `multicast`, ...). An IPv4 address inside an IPv6 one is judged as itself.
 *
 * @param address as `isIP` takes it; anything else is `invalid`
 */
export function addressRange(address: string): string {
  const bare = address.replace(/%.*$/, '');
  if (isIP(bare) === 4) return rangeOf(ipaddr.IPv4.parse(bare));
  if (isIP(bare) === 0) return 'invalid';
  // In groups alone: ipaddr.js reads some of the forms that end in an IPv4 address as others.
  const parsed = ipaddr.IPv6.parse(new URL(`http://[${bare}]/`).hostname.slice(1, -1));
  if (parsed.isIPv4MappedAddress()) return rangeOf(parsed.toIPv4Address());
  if (parsed.match(NAT64)) return rangeOf(new ipaddr.IPv4(parsed.toByteArray().slice(12)));
  const range = rangeOf(parsed);
  return range === 'public' && !parsed.match(GLOBAL_IPV6) ? 'reserved' : range;
}

function rangeOf(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  const range = address.range();
  return range === 'unicast' ? 'public' : range;
}
