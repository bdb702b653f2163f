package outbound

import (
	"fmt"
	"net/netip"
	"syscall"
)

type rawConn = syscall.RawConn

// AddressError says that an address is not a public one.
type AddressError struct{ Reason string }

// Error names the address, never more.
func (a *AddressError) Error() string { return "address refused: " + a.Reason }

// Private is true: it lets others recognise the error without this package.
func (a *AddressError) Private() bool { return true }

// checkDial looks at the very address that is about to be connected to, so that
// no name, redirect, odd notation or second look at the DNS gets round it.
func checkDial(network, address string) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return &AddressError{Reason: fmt.Sprintf("%.60q is no address", address)}
	}
	if network != "tcp4" && network != "tcp6" && network != "tcp" {
		return &AddressError{Reason: "network " + network}
	}
	if to.Port() != 443 {
		return &AddressError{Reason: fmt.Sprintf("port %d", to.Port())}
	}
	if !public(to.Addr()) {
		return &AddressError{Reason: to.Addr().String() + " is not public"}
	}
	return nil
}

// public tells whether an address is reachable from everywhere. The lists are
// IANA's special-purpose registries for IPv4 and IPv6.
func public(a netip.Addr) bool {
	if a.Zone() != "" {
		return false
	}
	a = a.Unmap()
	if a.Is4() {
		return !within(a, special4())
	}
	return netip.MustParsePrefix("2000::/3").Contains(a) && !within(a, special6())
}

func within(a netip.Addr, prefixes []string) bool {
	for _, p := range prefixes {
		if netip.MustParsePrefix(p).Contains(a) {
			return true
		}
	}
	return false
}

func special4() []string {
	return []string{
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
		"192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
		"198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	}
}

func special6() []string {
	return []string{"2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"}
}
