package content

import "time"

// Bounds of a pace: what lies outside is a slip of the hand.
const (
	maxBurst = 1000
	maxEvery = 7 * 24 * time.Hour
)

// Paced is a Network that says how fast it wants posts.
type Paced interface {
	// Pace is what the network's limits allow for good.
	Pace(account Account) Pace
}

// DefaultPace is how fast the network wants posts; zero where it does not say.
func DefaultPace(account Account, network Network) Pace {
	if paced, ok := network.(Paced); ok {
		return paced.Pace(account)
	}
	return Pace{}
}

// check adds what is wrong with a pace that was typed. Zero is none.
func (p Pace) check(problems *problems) {
	if p == (Pace{}) {
		return
	}
	if p.Burst < 1 || p.Burst > maxBurst {
		problems.add("pace.burst", CodePaceBurst, Args{"Limit": maxBurst})
	}
	if p.Every < time.Second || p.Every > maxEvery || p.Every%time.Second != 0 {
		problems.add("pace.every_seconds", CodePaceEvery, Args{"Limit": int(maxEvery / time.Second)})
	}
}
