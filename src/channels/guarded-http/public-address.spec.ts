import { isPublicAddress } from './public-address.js';

describe('an address on the internet', () => {
  it.each(['8.8.8.8', '1.1.1.1', '100.63.255.255', '100.128.0.0', '172.15.0.1', '172.32.0.1', '2606:4700::1111'])(
    'is %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ['0.0.0.0', 'this host'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['169.254.169.254', 'link-local, where clouds keep their keys'],
    ['100.64.0.1', 'behind a carrier’s NAT'],
    ['100.127.255.255', 'behind a carrier’s NAT'],
    ['192.0.0.192', 'for protocols, Oracle’s keys'],
    ['198.18.0.1', 'for benchmarks'],
    ['203.0.113.9', 'for examples'],
    ['192.88.99.1', 'a 6to4 relay'],
    ['224.0.0.1', 'a group'],
    ['255.255.255.255', 'everybody'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::127.0.0.1', 'IPv4, compatible'],
    ['::ffff:127.0.0.1', 'IPv4, mapped'],
    ['::ffff:8.8.8.8', 'IPv4, mapped'],
    ['64:ff9b::7f00:1', 'NAT64'],
    ['64:ff9b:1::a00:1', 'NAT64 of one’s own'],
    ['2002:7f00:1::1', '6to4'],
    ['2001::1', 'Teredo'],
    ['2001:db8::1', 'for examples'],
    ['fc00::1', 'unique local'],
    ['fd12:3456::1', 'unique local'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local'],
    ['fec0::1', 'site-local'],
    ['ff02::1', 'a group'],
    ['', 'nothing'],
    ['example.com', 'a name'],
    ['0x7f.1', 'no address in this form'],
  ])('is not %s, which is %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
