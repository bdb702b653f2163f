package content

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Vault encrypts credentials at rest. The place (table, row, field) is bound to
// the secret, so that one copied into another row cannot be opened.
type Vault interface {
	Seal(secret []byte, place string) (string, error)
	Open(sealed, place string) ([]byte, error)
}

// SettingsPlace is the place of a channel's settings for the Vault.
func SettingsPlace(channel string) string { return "channels|" + channel + "|settings" }

// StoredChannel is a channel with its settings as they are stored: encrypted, "" once it is disconnected.
type StoredChannel struct {
	Channel
	Sealed string
}

// ChannelStore keeps channels.
type ChannelStore interface {
	ChannelReader
	RenewalStore
	CheckStore
	CreateChannel(ctx context.Context, channel StoredChannel, audit Audit) error
	// UpdateChannel loads the channel under a lock, runs change and writes what it left. In the same transaction a
	// pause holds the channel's queue, the end of a pause releases it, and a disconnection ends it.
	UpdateChannel(ctx context.Context, id string, change func(*StoredChannel) error, audit Audit) (Channel, error)
}

// Channels is the service for connected accounts. Settings go in and never come out.
type Channels struct {
	Store    ChannelStore
	Networks map[string]Network
	Vault    Vault
	Now      Clock
	// Wake is told when a queue may go on; it must not block. May be nil.
	Wake func()
}

// ChannelInput is what an admin types to connect or change a channel; nil fields stay as they are.
type ChannelInput struct {
	Network   string // only to connect
	Name      *string
	Languages []Lang
	Pace      *Pace           // zero takes what the network's driver says
	Settings  json.RawMessage // an object of strings, by the names of Network.Fields
	// Unchecked connects without asking the network first, for one that cannot be reached now. The channel starts paused.
	Unchecked bool
}

// Connect checks an account with its network and stores it.
func (s *Channels) Connect(ctx context.Context, actor Actor, in ChannelInput) (Channel, error) {
	if err := actor.May(ManageChannels); err != nil {
		return Channel{}, err
	}
	network, ok := s.Networks[in.Network]
	if !ok {
		return Channel{}, unknownNetwork(in.Network, s.known())
	}
	c := Channel{Network: in.Network}
	if err := c.apply(in); err != nil {
		return Channel{}, err
	}
	settings, err := cleanSettings(network.Fields(), in.Settings, nil)
	if err != nil {
		return Channel{}, err
	}
	if in.Unchecked {
		c.Reason = Reason{Code: CodeChannelUnchecked}
	} else if c.Account, err = s.check(ctx, network, settings); err != nil {
		return Channel{}, err
	}
	return s.add(ctx, actor, c, settings)
}

// add stores a new channel. A reason pauses it.
func (s *Channels) add(ctx context.Context, actor Actor, c Channel, settings json.RawMessage) (Channel, error) {
	now := s.Now()
	c.ID, c.Created, c.State = NewID(now), now, ChannelActive
	if c.Reason.Code != "" {
		c.State = ChannelPaused
	}
	sealed, err := s.Vault.Seal(settings, SettingsPlace(c.ID))
	if err != nil {
		return Channel{}, fmt.Errorf("encrypt the settings of a new channel: %w", err)
	}
	audit := NewAudit(actor, now, "channel.connect", c.ID, map[string]string{"network": c.Network, "name": c.Name})
	return c, s.Store.CreateChannel(ctx, StoredChannel{Channel: c, Sealed: sealed}, audit)
}

func unknownNetwork(name, known string) error {
	return &Error{Kind: Invalid, Code: CodeInvalid, Fields: []FieldError{{
		Field: "network", Code: CodeNetworkUnknown, Args: Args{"Network": name, "Known": known},
	}}}
}

func (s *Channels) known() string {
	return strings.Join(slices.Sorted(maps.Keys(s.Networks)), ", ")
}

// check asks the network. What it says about the account is kept with the time of the question.
func (s *Channels) check(ctx context.Context, network Network, settings json.RawMessage) (Account, error) {
	account, err := network.Check(ctx, settings)
	if err != nil {
		return Account{}, withoutSecrets(err, network.Fields(), settings)
	}
	if !safeLink(account.URL) || !strings.HasPrefix(account.URL, "http") {
		account.URL = ""
	}
	account.Checked = s.Now()
	return account, nil
}

// apply takes over name and languages and checks them.
func (c *Channel) apply(in ChannelInput) error {
	var p problems
	if in.Name != nil {
		c.Name = strings.TrimSpace(*in.Name)
	}
	if in.Languages != nil {
		c.Languages = in.Languages
	}
	if in.Pace != nil {
		c.Pace = *in.Pace
		c.Pace.check(&p)
	}
	if c.Name == "" {
		p.add("name", CodeRequired, nil)
	}
	checkLength(&p, "name", c.Name, maxLabel)
	if len(c.Languages) == 0 {
		p.add("languages", CodeRequired, nil)
	}
	for i, lang := range c.Languages {
		if !langForm.MatchString(string(lang)) {
			p.add(fmt.Sprintf("languages.%d", i), CodeLangForm, Args{"Value": string(lang)})
		}
		if slices.Contains(c.Languages[:i], lang) {
			p.add(fmt.Sprintf("languages.%d", i), CodeTwice, Args{"Value": string(lang)})
		}
	}
	return p.err()
}

// maxSetting is the longest setting in letters; tokens are far shorter.
const maxSetting = 4096

// cleanSettings checks the form of settings against the fields of a network.
// A secret that is left empty keeps its stored value, because a form can never show it. Credentials that are typed end
// those that were granted before; with granted ones nothing need be typed.
func cleanSettings(fields []SettingField, raw, stored json.RawMessage) (json.RawMessage, error) {
	given, err := settingsOf(raw)
	if err != nil {
		return nil, &Error{Kind: Invalid, Code: CodeInvalid, Fields: []FieldError{{Field: "settings", Code: CodeSettingsForm}}, Err: err}
	}
	before, err := settingsOf(stored)
	if err != nil {
		return nil, fmt.Errorf("decode stored settings: %w", err)
	}
	var p problems
	clean := map[string]string{}
	granted := holdGrant(fields, given, before)
	for _, field := range fields {
		typed, present := given[field.Name]
		value := strings.TrimSpace(typed)
		if !present || (field.Secret && value == "") {
			value = before[field.Name]
		}
		field.Optional = field.Optional || field.Granted || granted
		checkSetting(&p, field, value)
		if value != "" {
			clean[field.Name] = value
		}
		delete(given, field.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		p.add("settings."+name, CodeSettingUnknown, Args{"Name": name})
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	out, err := json.Marshal(clean)
	if err != nil {
		return nil, fmt.Errorf("encode settings: %w", err)
	}
	return out, nil
}

// holdGrant tells whether the settings hold what was granted. It forgets what was granted before where a secret is typed now.
func holdGrant(fields []SettingField, given, before map[string]string) bool {
	typed, granted := false, false
	for _, field := range fields {
		typed = typed || !field.Granted && field.Secret && strings.TrimSpace(given[field.Name]) != ""
		granted = granted || field.Granted && given[field.Name] != ""
	}
	for _, field := range fields {
		switch {
		case !field.Granted:
		case typed && !granted:
			delete(before, field.Name)
		case before[field.Name] != "":
			granted = true
		}
	}
	return granted
}

func checkSetting(p *problems, field SettingField, value string) {
	name := "settings." + field.Name
	checkLength(p, name, value, maxSetting)
	switch {
	case value == "" && !field.Optional && len(field.Options) == 0:
		p.add(name, CodeRequired, nil)
	case value != "" && len(field.Options) > 0 && !slices.Contains(field.Options, value):
		p.add(name, CodeSettingChoice, Args{"Value": value, "Options": strings.Join(field.Options, ", ")})
	case strings.ContainsAny(value, "\r\n"):
		p.add(name, CodeSettingLine, nil)
	}
}

func settingsOf(raw json.RawMessage) (map[string]string, error) {
	settings := map[string]string{}
	if len(bytes.TrimSpace(raw)) == 0 {
		return settings, nil
	}
	if err := json.Unmarshal(raw, &settings); err != nil {
		return nil, fmt.Errorf("settings are an object of strings: %w", err)
	}
	if settings == nil {
		settings = map[string]string{}
	}
	return settings, nil
}

// List lists all channels, without their settings.
func (s *Channels) List(ctx context.Context, actor Actor) ([]Channel, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return nil, err
	}
	return s.Store.Channels(ctx)
}

// Get is one channel, without its settings.
func (s *Channels) Get(ctx context.Context, actor Actor, id string) (Channel, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return Channel{}, err
	}
	c, err := s.Store.Channel(ctx, id)
	return c.Channel, err
}
