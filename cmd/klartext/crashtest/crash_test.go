package crashtest

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"klartext/content/storetest"
	"klartext/publishers/publishertest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// crashes is how often the program is killed: 50 times over both databases, or
// as KLARTEXT_TEST_CRASHES says.
func crashes(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv("KLARTEXT_TEST_CRASHES"))
	if err != nil {
		return 50
	}
	return n
}

// Killed at any instruction, with networks that misbehave in the ways that moods lists: each
// announcement ends out once, refused with a reason, or asks a person, and once
// people have answered there is exactly one copy of each that was not refused.
func TestKilledAnywhere(t *testing.T) {
	binary, n := build(t), crashes(t)
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		play(t, binary, storetest.SQLiteURL(t), n-n/3)
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		play(t, binary, storetest.PostgresURL(t), n/3)
	})
}

func play(t *testing.T, binary, database string, runs int) {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	if given, err := strconv.ParseUint(os.Getenv("KLARTEXT_TEST_SEED"), 10, 64); err == nil {
		seed = given
	}
	t.Logf("KLARTEXT_TEST_SEED=%d", seed)
	s := newStage(t, binary, database, rand.New(rand.NewPCG(seed, 1)))
	for i := range runs {
		s.run(i)
	}
	s.settle()
	s.count("before people decide")
	asked := s.decide()
	s.settle()
	s.finish()
	t.Logf("%d kills, %d announcements, people were asked about %d; on the networks: %s", runs, len(s.made), asked, s.tally())
}

// stage is an installation with four networks.
type stage struct {
	*program
	random   *rand.Rand
	networks map[string]*publishertest.Fake // by channel id
	kinds    map[string]string              // network by channel id
	order    []string
	entry    string
	base     string // newest revision
	made     map[string]bool
}

func newStage(t *testing.T, binary, database string, random *rand.Rand) *stage {
	t.Helper()
	mastodon := publishertest.NewMastodon(publishertest.MastodonOptions{})
	gotosocial := publishertest.NewMastodon(publishertest.MastodonOptions{Kind: publishertest.GoToSocial})
	x := publishertest.NewX(publishertest.XOptions{})
	hook := publishertest.NewWebhook("")
	for _, f := range []*publishertest.Fake{mastodon.Fake, gotosocial.Fake, x.Fake, hook.Fake} {
		f.Generous()
		f.Start(t)
	}
	s := &stage{program: install(t, binary, database, x.URL), random: random, networks: map[string]*publishertest.Fake{}, kinds: map[string]string{}, made: map[string]bool{}}
	s.start()
	s.must(http.MethodPatch, "/api/v1/settings", object{"approvals_required": 0, "languages": []string{"en"}})
	key, secret, access, accessSecret := x.Keys()
	s.connect("mastodon", mastodon.Fake, object{"server": mastodon.URL, "access_token": mastodon.Token()})
	s.connect("mastodon", gotosocial.Fake, object{"server": gotosocial.URL, "access_token": gotosocial.Token()})
	s.connect("x", x.Fake, object{"api_key": key, "api_secret": secret, "access_token": access, "access_secret": accessSecret})
	s.connect("webhook", hook.Fake, object{"url": hook.Address(), "secret": hook.Secret()})
	topic := s.must(http.MethodPost, "/api/v1/topics", object{"slug": "t", "title": object{"en": "Topic"}})
	s.entry = text(s.must(http.MethodPost, "/api/v1/entries", object{"kind": "entry", "slug": "e", "topic": topic["id"]}), "id")
	return s
}

func (s *stage) connect(network string, fake *publishertest.Fake, settings object) {
	s.t.Helper()
	c := s.must(http.MethodPost, "/api/v1/channels", object{
		"network": network, "name": network, "languages": []string{"en"}, "settings": settings, "pace": object{"burst": 1000, "every_seconds": 1},
	})
	s.networks[text(c, "id")], s.kinds[text(c, "id")] = fake, network
	s.order = append(s.order, text(c, "id"))
}

// submitted makes a change that can be published, announced on every channel.
func (s *stage) submitted(i int) (id string) {
	s.t.Helper()
	revision := object{"lang": "en", "title": "Question", "short_answer": fmt.Sprintf("Answer %d.", i), "body": "We say it here.", "base_revision": nil}
	if s.base != "" {
		revision["base_revision"] = s.base
	}
	s.base = text(s.must(http.MethodPost, "/api/v1/entries/"+s.entry+"/revisions", revision), "id")
	change := s.must(http.MethodPost, "/api/v1/changes", object{
		"slug": fmt.Sprintf("run-%04d-end", i), "title": object{"en": "We say more"}, "why": object{"en": "You asked."}, "materiality": "material",
		"revisions": []string{s.base},
	})
	id = text(change, "id")
	var announcements []object
	for _, channel := range s.order {
		announcements = append(announcements, object{"channel": channel, "lang": "en", "text": fmt.Sprintf("We say more, number %d.", i), "link": true})
	}
	if status, raw := s.call(http.MethodPut, "/api/v1/changes/"+id+"/announcements", announcements); status != http.StatusOK {
		s.t.Fatalf("announce: %d %s", status, raw)
	}
	s.must(http.MethodPost, "/api/v1/changes/"+id+"/submit", object{})
	return id
}

// moods are those in which a network may be when the program dies. What names a
// far time, or changes what readers see, is for other tests.
func moods(network string) []publishertest.Mood {
	var list []publishertest.Mood
	for _, m := range publishertest.Moods() {
		farAway := m.Status == http.StatusTooManyRequests && (m.Wait == 0 || m.Wait > time.Minute)
		// A receiver of webhooks that says yes and keeps nothing cannot be told from one that kept it.
		lies := network == "webhook" && m.Act == publishertest.Answer && m.Status < 300 && !m.Store
		// X alone refuses as a duplicate what it has; elsewhere 403 is taken to be about the account, with nothing out. A
		// network that kept a post and answered 403 all the same would get a second one when its channel goes on.
		duplicate := network != "x" && m.Status == http.StatusForbidden && m.Store
		switch m.Name {
		case "drop", "key ignored", "unlisted":
		default:
			if !farAway && !lies && !duplicate {
				list = append(list, m)
			}
		}
	}
	return list
}

func (s *stage) upset() {
	for _, id := range s.order {
		moods := moods(s.kinds[id])
		fake := s.networks[id]
		fake.Calm()
		for range s.random.IntN(3) {
			fake.Next(publishertest.Publish, moods[s.random.IntN(len(moods))])
		}
		if s.random.IntN(3) == 0 {
			fake.Next(publishertest.Look, moods[s.random.IntN(len(moods))])
		}
	}
}

// run publishes one change and kills the program: at a random time, or right after a network was asked.
func (s *stage) run(i int) {
	s.t.Helper()
	if s.process == nil {
		s.start()
	}
	s.resume()
	id := s.submitted(i)
	s.upset()
	before := s.asked()
	answered := make(chan int, 1)
	go func() {
		status, _ := s.call(http.MethodPost, "/api/v1/changes/"+id+"/publish", object{})
		answered <- status
	}()
	if s.random.IntN(2) == 0 {
		time.Sleep(time.Duration(s.random.IntN(250)) * time.Millisecond) // the random point
	} else {
		for deadline := time.Now().Add(400 * time.Millisecond); s.asked() == before && time.Now().Before(deadline); {
			time.Sleep(200 * time.Microsecond)
		}
		time.Sleep(time.Duration(s.random.IntN(6000)) * time.Microsecond)
	}
	s.kill()
	for _, fake := range s.networks {
		fake.Release()
	}
	s.start()
	published := text(s.must(http.MethodGet, "/api/v1/changes/"+id, nil), "state") == "published"
	if status := <-answered; status == http.StatusOK && !published {
		s.t.Errorf("run %d: publishing was confirmed and is lost", i)
	}
	if !published {
		s.must(http.MethodPost, "/api/v1/changes/"+id+"/publish", object{})
	}
	for _, channel := range s.order {
		s.made[fmt.Sprintf("run-%04d-end %s", i, channel)] = true
	}
}

func (s *stage) asked() (n int) {
	for _, fake := range s.networks {
		n += len(fake.Requests())
	}
	return n
}

// resume lets channels go on that a mood paused.
func (s *stage) resume() {
	for _, id := range s.order {
		if text(s.must(http.MethodGet, "/api/v1/channels/"+id, nil), "state") == "paused" {
			s.must(http.MethodPost, "/api/v1/channels/"+id+"/resume", object{})
		}
	}
}

func (s *stage) deliveries() (list []object) {
	cursor := ""
	for {
		page := s.must(http.MethodGet, "/api/v1/deliveries?limit=200&cursor="+cursor, nil)
		for _, item := range page["items"].([]any) { //nolint:forcetypeassert // the API's shape
			list = append(list, item.(object)) //nolint:forcetypeassert // the API's shape
		}
		if page["next"] == nil {
			return list
		}
		cursor = text(page, "next")
	}
}

// settle waits until nothing moves any more, on calm networks.
func (s *stage) settle() {
	s.t.Helper()
	for _, fake := range s.networks {
		fake.Calm()
		fake.Release()
	}
	var moving object
	defer func() {
		if moving != nil {
			s.t.Logf("still moving: %v", moving)
		}
	}()
	s.await("every delivery rests", func() bool {
		s.resume()
		moving = nil
		for _, d := range s.deliveries() {
			switch text(d, "state") {
			case "sent", "failed", "needs_decision":
			default:
				moving = d
				return false
			}
		}
		return true
	})
}

// copies counts on the network of a delivery what links to its change.
func (s *stage) copies(d object) int {
	mark := text(d, "permalink")
	return s.networks[text(d, "channel")].Copies(mark[strings.LastIndex(mark, "/"):])
}

// count holds that no announcement is out twice, and that what is said of each is true.
func (s *stage) count(when string) {
	s.t.Helper()
	seen := map[string]bool{}
	for _, d := range s.deliveries() {
		mark := text(d, "permalink")
		seen[mark[strings.LastIndex(mark, "/")+1:]+" "+text(d, "channel")] = true
		copies, state := s.copies(d), text(d, "state")
		if copies > 1 || state == "sent" && copies != 1 || state == "failed" && copies != 0 {
			s.t.Errorf("%s: %s on %s is %s, the network holds %d: %v", when, mark, text(d, "channel"), state, copies, d)
		}
		if state != "sent" && d["reason"] == nil {
			s.t.Errorf("%s: %s without a word", when, state)
		}
	}
	for name := range s.made {
		if !seen[name] {
			s.t.Errorf("%s: %s has no delivery", when, name)
		}
	}
}

// decide answers what the program asks as a person would who looks at the network.
func (s *stage) decide() (asked int) {
	for _, d := range s.deliveries() {
		if text(d, "state") != "needs_decision" {
			continue
		}
		asked++
		answer := object{"as": "not_sent"}
		if s.copies(d) > 0 {
			answer = object{"as": "sent", "remote_url": s.address(d) + strconv.Itoa(asked)}
		}
		s.must(http.MethodPost, "/api/v1/deliveries/"+text(d, "id")+"/resolve", answer)
	}
	return asked
}

// address is where posts stand on the network of a delivery, but for their ids.
func (s *stage) address(d object) string {
	_, host, _ := strings.Cut(s.networks[text(d, "channel")].URL, "://")
	return "https://" + host + "/@shop/"
}

// finish holds that there is exactly one copy of everything that was not refused.
func (s *stage) finish() {
	s.t.Helper()
	s.count("in the end")
	for _, d := range s.deliveries() {
		if state := text(d, "state"); state != "sent" && state != "failed" {
			s.t.Errorf("in the end %s is %s: %v", text(d, "permalink"), state, d)
		}
	}
}

func (s *stage) tally() string {
	states := map[string]int{}
	for _, d := range s.deliveries() {
		states[fmt.Sprintf("%s with %d copies", text(d, "state"), s.copies(d))]++
	}
	return fmt.Sprint(states)
}
