package content

// HubClaim is one process's turn to tell a WebSub hub what was published.
type HubClaim struct {
	Hub   string
	After int64 // the last row of the ledger that the hub was told of
	Tries int   // failures in a row
}
