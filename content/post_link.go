package content

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Located is a Network whose posts stand on hosts that are known.
type Located interface {
	// Hosts are those under which a post of this account may have its address, the one to name to people first. None
	// where the account does not say.
	Hosts(account Account) []string
}

// checkHost refuses a link that cannot be one of the channel's posts, because it leads to another host. Where the network
// knows no hosts, any link over https may be.
func (s *Deliveries) checkHost(channel Channel, address string) error {
	var hosts []string
	if network, ok := s.Networks[channel.Network].(Located); ok {
		hosts = network.Hosts(channel.Account)
	}
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return wrongLink(CodeLinkForm, nil)
	case len(hosts) == 0 && u.Scheme != "https":
		return wrongLink(CodePostHTTPS, nil)
	case len(hosts) > 0 && !slices.Contains(hosts, strings.ToLower(u.Host)):
		return wrongLink(CodePostHost, Args{"Host": hosts[0], "Value": u.Host, "Channel": channel.Name})
	}
	return nil
}

func wrongLink(code Code, args Args) error {
	return &Error{Kind: Invalid, Code: CodeInvalid, Fields: []FieldError{{Field: "remote_url", Code: code, Args: args}}}
}

// idOfPost is the part of a post's address behind "status" or "statuses", else
// the last one, which is its id on all networks known; nothing is ever marked as
// sent without one.
func idOfPost(address string) (string, error) {
	if address == "" {
		return "", wrongLink(CodeRequired, nil)
	}
	u, err := url.Parse(address)
	if err != nil || !safeLink(address) || (u.Scheme != "https" && u.Scheme != "http") {
		return "", wrongLink(CodeLinkForm, nil)
	}
	id := path.Base(strings.TrimRight(u.Path, "/"))
	parts := strings.Split(u.Path, "/")
	if i := slices.IndexFunc(parts, isStatus); i >= 0 && i+1 < len(parts) && parts[i+1] != "" {
		id = parts[i+1]
	}
	if id == "." || id == "/" || strings.ContainsFunc(id, isNoWord) {
		return "", wrongLink(CodePostLink, nil)
	}
	return id, nil
}

func isStatus(part string) bool { return part == "status" || part == "statuses" }

// isNoWord finds what no id has and what not every database can hold, which "%00" becomes.
func isNoWord(r rune) bool {
	return r == utf8.RuneError || unicode.IsSpace(r) || unicode.IsControl(r)
}
