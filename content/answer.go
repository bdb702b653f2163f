package content

// Answer is what a network's answer said besides its words. It stands beside the
// attempt as evidence and never holds a secret.
type Answer struct {
	// Status is the HTTP status of the last answer; 0 where none came.
	Status int `json:"status,omitempty"`
	// Rate are the headers about limits, by their names in lower case, as they came.
	Rate map[string]string `json:"rate,omitempty"`
	// References are the ids by which the network's operator finds the request in their logs.
	References map[string]string `json:"references,omitempty"`
}
