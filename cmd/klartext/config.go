package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"

	"klartext/publishers/outbound"
)

// config is every setting of the program. Each field is a flag and, by its
// tag, an environment variable or a line in .env; the flag wins, then the environment.
type config struct {
	Data                string     `var:"KLARTEXT_DATA" default:"./data" help:"Folder for the database, the uploads and the key file."`
	DatabaseURL         string     `var:"KLARTEXT_DATABASE_URL" help:"sqlite:PATH or postgres://... (default: sqlite:klartext.db in the data folder)"`
	Listen              string     `var:"KLARTEXT_LISTEN" default:"127.0.0.1:8080" help:"Address to listen on."`
	BaseURL             string     `var:"KLARTEXT_BASE_URL" help:"Address that readers see; permalinks are built from it (default: http:// and the listen address)."`
	SecretKeyFile       string     `var:"KLARTEXT_SECRET_KEY_FILE" help:"File with the keys that encrypt channels' credentials (default: secret.key in the data folder)."`
	SecretKey           string     `var:"KLARTEXT_SECRET_KEY" help:"The content of the key file, where no file can be." hidden:""`
	TrustedProxies      []string   `var:"KLARTEXT_TRUSTED_PROXIES" help:"CIDRs whose X-Forwarded-* headers are believed."`
	AllowPrivateNetwork bool       `var:"KLARTEXT_ALLOW_PRIVATE_NETWORK" help:"Let channels reach private addresses, also by http (tests, intranets)."`
	XAPIURL             string     `name:"x-api-url" var:"KLARTEXT_X_API_URL" default:"https://api.x.com" help:"Address of X's API."`
	Delivering          delivering `embed:""`
	WebSubHub           string     `name:"websub-hub" var:"KLARTEXT_WEBSUB_HUB" help:"Address of a WebSub hub that is told of every publication (default: none)."`
	Theme               string     `var:"KLARTEXT_THEME" help:"Folder with a theme of your own: colours, templates, pictures, fonts (default: none; docs/theme.md)."`
	Log                 string     `var:"KLARTEXT_LOG" default:"info" enum:"debug,info,warn,error" help:"debug, info, warn or error."`
	Dev                 bool       `hidden:"" help:"Read templates and assets from disk (for working on Klartext itself)."`
}

// environment gathers the KLARTEXT_ variables: those of the process, then those of the .env file that the process does not set.
func environment(process []string, file string) (map[string]string, error) {
	env := map[string]string{}
	f, err := os.Open(file)
	switch {
	case err == nil:
		defer func() { _ = f.Close() }()
		if err := readEnvFile(f, file, env); err != nil {
			return nil, err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("read settings: %w", err)
	}
	for _, pair := range process {
		// KLARTEXT_TEST_ is for the program's own tests, which run it in their process.
		if name, value, _ := strings.Cut(pair, "="); strings.HasPrefix(name, "KLARTEXT_") && !strings.HasPrefix(name, "KLARTEXT_TEST_") {
			env[name] = value
		}
	}
	return env, nil
}

func readEnvFile(f *os.File, file string, env map[string]string) error {
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(strings.TrimPrefix(line, "export "), "=")
		if !ok {
			return fmt.Errorf("%s line %d is not NAME=value", file, n)
		}
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if len(value) >= 2 && (value[0] == '"' || value[0] == '\'') && value[len(value)-1] == value[0] {
			value = value[1 : len(value)-1]
		}
		if strings.HasPrefix(name, "KLARTEXT_") {
			env[name] = value
		}
	}
	return lines.Err()
}

// environmentResolver gives a flag the value of the variable in its tag.
func environmentResolver(env map[string]string) kong.Resolver {
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		if value, ok := env[flag.Tag.Get("var")]; ok && value != "" {
			return value, nil
		}
		return nil, nil //nolint:nilnil // kong's way to say "not mine"
	})
}

// check refuses what would fail later, naming the setting, and fills in what depends on other settings.
func (c *config) check(env map[string]string) error {
	known := variables()
	for name := range env {
		if !slices.Contains(known, name) {
			return fmt.Errorf("there is no setting %s; the settings are %s", name, strings.Join(known, ", "))
		}
	}
	if c.DatabaseURL == "" {
		c.DatabaseURL = "sqlite:" + filepath.Join(c.Data, "klartext.db")
	}
	if c.SecretKeyFile == "" {
		c.SecretKeyFile = filepath.Join(c.Data, "secret.key")
	}
	if !listenable(c.Listen) {
		return fmt.Errorf("KLARTEXT_LISTEN is %q; it must be an address and a port such as 127.0.0.1:8080", c.Listen)
	}
	if c.BaseURL == "" {
		c.BaseURL = "http://" + c.Listen
	}
	c.BaseURL = strings.TrimRight(c.BaseURL, "/")
	if err := checkURL("KLARTEXT_BASE_URL", c.BaseURL); err != nil {
		return err
	}
	if err := checkURL("KLARTEXT_X_API_URL", c.XAPIURL); err != nil {
		return err
	}
	if err := c.Delivering.check(); err != nil {
		return err
	}
	if _, err := outbound.Address(c.WebSubHub, c.AllowPrivateNetwork); c.WebSubHub != "" && err != nil {
		return fmt.Errorf("KLARTEXT_WEBSUB_HUB is %q; it must be a public address such as https://hub.example.org/", c.WebSubHub)
	}
	if info, err := os.Stat(c.Theme); c.Theme != "" && (err != nil || !info.IsDir()) {
		return fmt.Errorf("KLARTEXT_THEME is %q, and there is no folder of that name; make it, or take the setting away", c.Theme)
	}
	for _, cidr := range c.TrustedProxies {
		if _, err := netip.ParsePrefix(cidr); err != nil {
			return fmt.Errorf("KLARTEXT_TRUSTED_PROXIES has %q; each must be a network such as 10.0.0.0/8", cidr)
		}
	}
	if !strings.HasPrefix(c.DatabaseURL, "sqlite:") && !strings.HasPrefix(c.DatabaseURL, "postgres://") && !strings.HasPrefix(c.DatabaseURL, "postgresql://") {
		return errors.New("KLARTEXT_DATABASE_URL must begin with sqlite: or postgres://")
	}
	return nil
}

func listenable(address string) bool {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
}

func checkURL(name, value string) error {
	u, err := url.Parse(value)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil || u.Path != "" {
		return fmt.Errorf("%s is %q; it must be an address such as https://data.example.org, without a path", name, value)
	}
	return nil
}
