package outbound

import "net/netip"

// closed are the networks that are nobody's on the public internet (IANA registries
// of special-purpose addresses), and those that carry others in themselves.
var closed = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
	"fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
)

func prefixes(texts ...string) (all []netip.Prefix) {
	for _, s := range texts {
		all = append(all, netip.MustParsePrefix(s))
	}
	return all
}

// allowed reports whether an address may be reached: a public one over https, one
// of the networks of the options anyhow. An IPv4 address in IPv6 clothes counts as
// what it is; one with a zone is of this machine's own links.
func (c *Client) allowed(ip netip.Addr, secure bool) bool {
	if ip.Zone() != "" {
		return false
	}
	ip = ip.Unmap()
	for _, p := range c.options.Networks {
		if p.Contains(ip) {
			return true
		}
	}
	if !secure || !ip.IsValid() {
		return false
	}
	for _, p := range closed {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}
